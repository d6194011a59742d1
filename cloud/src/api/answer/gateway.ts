// How gateways are answered: what each said of itself last.
import { statusSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { nowSchema, pageShape, timeSchema } from './parts.ts';

export const gatewayStateSchema = z
  .enum([...statusSchema.shape.state.options, 'unknown'])
  .describe('stopped: ended in order; offline: the connection broke; unknown: it sent no status');

export const gatewayAnswerSchema = z
  .strictObject({
    site: z.string(),
    gateway: z.string(),
    state: gatewayStateSchema,
    heardAt: timeSchema,
    version: z.string().nullable(),
    startedAt: timeSchema.nullable().describe('by its own clock'),
    clock: z
      .enum(['synchronised', 'unsynchronised'])
      .nullable()
      .describe('whether its clock was set since power-up'),
    clockAheadSeconds: z
      .number()
      .nullable()
      .describe('how far its clock is ahead of the cloud’s, with the way of its last word; negative: behind'),
    sensors: z.number().int().describe('that it is set up for'),
    undelivered: z.number().nullable().describe('readings it holds without a receipt, as it last said'),
    journal: z
      .strictObject({ bytes: z.number(), budgetBytes: z.number() })
      .nullable()
      .describe('room the journal takes on its disk, and how much it may take'),
    origin: z.string().nullable().describe('the journal in use'),
    counters: z.record(z.string(), z.number()).describe('its counters since it started'),
  })
  .meta({ id: 'Gateway' });

export const gatewaysSchema = z.strictObject({
  now: nowSchema,
  gateways: z.array(gatewayAnswerSchema).readonly(),
  ...pageShape,
});
