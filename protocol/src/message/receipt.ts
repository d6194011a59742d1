// What the cloud says when readings are safe with it.
import { z } from 'zod';

/** Cloud → gateway: these readings are durable in the cloud. The only thing that counts as delivered. */
export const receiptSchema = z.strictObject({
  origin: z.string().describe('the journal the readings came from'),
  ranges: z
    .array(z.tuple([z.string(), z.number().int().nonnegative(), z.number().int().nonnegative()]))
    .max(100_000)
    .describe('sensor, first seq, last seq; both ends belong to the range'),
});

export type Receipt = z.infer<typeof receiptSchema>;
