// A place in the order of readings, as an opaque text that fits into an address.
import { z } from 'zod';
import type { ReadingCursor } from '../../store/reading-store.ts';

const cursorSchema = z.strictObject({
  measuredAt: z.number().min(-8.64e15).max(8.64e15),
  origin: z.string().min(1).max(200),
  seq: z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
});

/** Clients get it from one page and give it back for the next; what is in it is nobody's business. */
export function encodeCursor({ measuredAt, origin, seq }: ReadingCursor): string {
  return Buffer.from(JSON.stringify({ measuredAt, origin, seq })).toString('base64url');
}

/** The place a cursor stands for, or undefined where it is not one of ours. */
export function decodeCursor(text: string): ReadingCursor | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
  const result = cursorSchema.safeParse(raw);
  return result.success ? result.data : undefined;
}

export const cursorParameter = z
  .string()
  .max(600)
  .describe('`next` of the page before')
  .transform((text, context) => {
    const cursor = decodeCursor(text);
    if (cursor !== undefined) return cursor;
    context.addIssue({
      code: 'custom',
      message:
        'is not a cursor; give `next` of the page before as it is, or leave it out to begin at the start',
    });
    return z.NEVER;
  });
