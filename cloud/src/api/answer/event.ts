// How events are answered.
import { z } from 'zod';
import { eventKinds } from '../../event/event.ts';
import { verdicts } from '../../event/stored-event.ts';
import { pageShape, timeSchema } from './parts.ts';

const feedbackSchema = z.strictObject({
  verdict: z.enum(verdicts),
  author: z.string(),
  note: z.string(),
  at: timeSchema,
});

const evidenceSchema = z.strictObject({
  detector: z.string(),
  property: z.string(),
  text: z.string().describe('a sentence for people, with numbers and units'),
});

export const eventAnswerSchema = z
  .strictObject({
    id: z.string().describe('the same data give the same id'),
    site: z.string(),
    sensors: z.array(z.string()).readonly().describe('one, or several where an event is regional'),
    properties: z.array(z.string()).readonly(),
    kind: z.enum(eventKinds),
    cause: z.string(),
    explanation: z.string().describe('one sentence for people'),
    value: z.number().nullable().describe('of the first property at the peak; null where there is none'),
    expected: z.number().nullable(),
    score: z.number().describe('1 is just on the threshold'),
    evidence: z.array(evidenceSchema).readonly(),
    rules: z.string().describe('which rules found it, with their version'),
    withdrawn: z.boolean().describe('later data took it back'),
    start: timeSchema,
    peak: timeSchema,
    end: timeSchema.nullable().describe('its last reading; null while it goes on'),
    decidedAt: timeSchema,
    foundAt: timeSchema,
    changedAt: timeSchema,
    partOf: z.string().nullable().describe('the regional event that explains it'),
    feedback: feedbackSchema.nullable().describe('what was last said of it'),
  })
  .meta({ id: 'Event' });

export const eventsSchema = z.strictObject({
  events: z.array(eventAnswerSchema).readonly(),
  ...pageShape,
  count: z.number().int(),
});
