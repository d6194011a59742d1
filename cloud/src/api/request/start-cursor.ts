// A place in the order of events or annotations, as an opaque text that fits into an address.
import { z } from 'zod';
import type { StartCursor } from '../../store/start-cursor.ts';

const cursorSchema = z.strictObject({
  start: z.number().min(-8.64e15).max(8.64e15),
  id: z.string().min(1).max(100),
});

export function encodeStartCursor({ start, id }: StartCursor): string {
  return Buffer.from(JSON.stringify({ start, id })).toString('base64url');
}

function decode(text: string): StartCursor | undefined {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

export const startCursorParameter = z
  .string()
  .max(300)
  .describe('`next` of the page before')
  .transform((text, context) => {
    const cursor = decode(text);
    if (cursor !== undefined) return cursor;
    context.addIssue({
      code: 'custom',
      message:
        'is not a cursor; give `next` of the page before as it is, or leave it out to begin with the newest',
    });
    return z.NEVER;
  });
