// The gateway’s account: what it holds, what waits for a receipt, and what it has lost and why.
import { z } from 'zod';

export const lossReasons = ['journal-full', 'unreadable'] as const;

/** Beyond so many ranges the rest counts as waiting too. */
export const maxWaiting = 100;

/** Gateway → cloud: which readings the gateway holds, and which it lost and why. What is missing is known. */
export const ledgerSchema = z.strictObject({
  origin: z.string(),
  at: z.iso.datetime(),
  sensors: z.array(
    z.strictObject({
      sensor: z.string(),
      first: z.number().int().nonnegative().describe('lowest seq still held'),
      last: z.number().int().nonnegative().describe('highest seq given so far'),
      undelivered: z.number().int().nonnegative().describe('readings without a receipt'),
      waiting: z
        .array(z.tuple([z.number().int(), z.number().int()]))
        .max(maxWaiting)
        .describe('first seq, last seq of those without a receipt; the first 100 ranges'),
      lost: z
        .array(z.tuple([z.number().int(), z.number().int(), z.enum(lossReasons)]))
        .describe('first seq, last seq, reason'),
    }),
  ),
});

export type Ledger = z.infer<typeof ledgerSchema>;
export type LossReason = (typeof lossReasons)[number];
