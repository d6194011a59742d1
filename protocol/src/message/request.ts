// How the cloud asks a gateway for readings that it has lost.
import { z } from 'zod';

/**
 * Cloud → gateway: send these readings again, where they are still held. For a cloud that lost what it had given
 * receipts for (a disk, a backup of last week): the gateway counts them as delivered and would never send them.
 */
export const requestSchema = z.strictObject({
  origin: z.string().describe('the journal the readings are in'),
  ranges: z
    .array(z.tuple([z.string(), z.number().int().positive(), z.number().int().positive()]))
    .max(1_000)
    .describe('sensor, first seq, last seq; both ends belong to the range'),
});

export type Request = z.infer<typeof requestSchema>;
