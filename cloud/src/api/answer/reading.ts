// How a reading is answered, and the pages it comes in.
import { z } from 'zod';
import { flagSchema, nowSchema, pageShape, timeSchema } from './parts.ts';

export const valueSchema = z.union([z.number(), z.string(), z.boolean(), z.null()]).meta({
  id: 'Value',
  description: 'What the sensor said, never changed. Numbers that JSON lacks are null.',
});

export const readingSchema = z
  .strictObject({
    site: z.string(),
    sensor: z.string(),
    type: z.string().describe('the sensor’s type when it was read'),
    gateway: z.string(),
    origin: z.string().describe('the journal that numbered the reading'),
    seq: z.number().describe('its number there: with origin and sensor it names the reading for ever'),
    revision: z.number().describe('how often the reading was corrected'),
    measuredAt: timeSchema.describe('the sensor’s time'),
    receivedAt: timeSchema.describe('the gateway’s time'),
    storedAt: timeSchema.describe('the cloud’s time'),
    historical: z.boolean().describe('true where it came as backlog'),
    clock: z
      .enum(['unsynchronised', 'synchronised', 'corrected'])
      .describe('what the gateway knew of its clock'),
    time: z.strictObject({ flag: flagSchema, cause: z.exactOptional(z.string()) }),
    values: z.record(z.string(), valueSchema),
    flags: z.record(z.string(), flagSchema),
    causes: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Reading' });

export const latestSchema = z.strictObject({
  now: nowSchema,
  readings: z.array(readingSchema).readonly(),
  ...pageShape,
});

export const rangeSchema = z.strictObject({
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
  asOf: timeSchema.nullable().describe('only what was stored by then; null: all'),
});

export const readingsSchema = z.strictObject({
  method: z.literal('raw').describe('the readings themselves, nothing thinned'),
  readings: z.array(readingSchema).readonly(),
  ...pageShape,
  count: z.number().int().describe('how many readings are in this answer'),
  range: rangeSchema.describe('what was asked for; half-open'),
});
