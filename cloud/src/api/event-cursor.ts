// A place in the order of events, as an opaque text that fits into an address.
import { z } from 'zod';
import type { EventCursor } from '../store/event-store.ts';

const cursorSchema = z.strictObject({
  start: z.number().min(-8.64e15).max(8.64e15),
  id: z.string().min(1).max(100),
});

export function encodeEventCursor({ start, id }: EventCursor): string {
  return Buffer.from(JSON.stringify({ start, id })).toString('base64url');
}

function decode(text: string): EventCursor | undefined {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

export const eventCursorParameter = z
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
