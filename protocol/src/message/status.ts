// What a gateway tells of itself: whether it is there, its version, clock, sensors and counters.
import { z } from 'zod';

/**
 * Gateway → cloud, retained: what the gateway is and how it fares. The broker publishes the `offline` form,
 * set as last will, when the connection breaks.
 */
export const statusSchema = z.object({
  state: z
    .enum(['online', 'offline', 'stopped'])
    .describe('stopped: ended in order; offline: the connection broke'),
  at: z.iso.datetime().describe('when the gateway wrote this; for offline, when the connection began'),
  version: z.string().optional().describe('program version'),
  startedAt: z.iso.datetime().optional().describe('when the program started, by its clock'),
  clock: z
    .enum(['synchronised', 'unsynchronised'])
    .optional()
    .describe('whether the machine’s clock was set since power-up'),
  origin: z.string().optional().describe('id of the journal in use'),
  sensors: z
    .array(z.object({ sensor: z.string(), type: z.string(), title: z.string().optional() }))
    .optional()
    .describe('the sensors this gateway is set up for'),
  undelivered: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('readings kept that the cloud has no receipt for'),
  journal: z
    .object({ bytes: z.number().nonnegative(), budgetBytes: z.number().positive() })
    .optional()
    .describe('room the journal takes on the disk, and how much it may take'),
  counters: z
    .record(z.string(), z.number())
    .optional()
    .describe('the counters of the gateway since it started'),
});

export type Status = z.infer<typeof statusSchema>;
