// Parts that several answers share.
import { z } from 'zod';

/** Written by us, so it is not read again: only described. */
export const timeSchema = z.string().meta({ id: 'Time', description: 'ISO 8601, UTC', format: 'date-time' });

export const nowSchema = timeSchema.describe(
  'the cloud’s clock, so that clients need not trust their own; the same moment is in the header Date',
);

export const flagSchema = z.literal([1, 2, 3, 4, 9]).meta({
  id: 'Flag',
  description: 'QARTOD: 1 good, 2 not evaluated, 3 suspect, 4 bad, 9 missing',
});

const nextSchema = z
  .string()
  .nullable()
  .describe('give it back as `cursor` for what follows; null at the end');

/** What every page of a list says of the next one. */
export const pageShape = {
  next: nextSchema,
  truncated: z.boolean().describe('true exactly where `next` leads on to more'),
};
