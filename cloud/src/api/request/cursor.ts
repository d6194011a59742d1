// A place in an order, as an opaque text that fits into an address.
import { z } from 'zod';
import type { Place } from '../../overview/place.ts';
import type { ReadingCursor } from '../../store/reading-store.ts';
import type { StartCursor } from '../../store/start-cursor.ts';

interface Cursor<Place> {
  /** Clients get it from one page and give it back for the next; what is in it is nobody's business. */
  readonly encode: (place: Place) => string;
  readonly parameter: z.ZodType<Place, string>;
}

interface CursorTraits {
  readonly longest: number;
  /** Where a list begins without a cursor. */
  readonly begin: string;
}

function cursorOf<Place>(schema: z.ZodType<Place>, { longest, begin }: CursorTraits): Cursor<Place> {
  const message = `is not a cursor; give \`next\` of the page before as it is, or leave it out to begin ${begin}`;
  return {
    encode: (place) => Buffer.from(JSON.stringify(place)).toString('base64url'),
    parameter: z
      .string()
      .max(longest)
      .describe('`next` of the page before')
      .transform((text, context) => {
        try {
          return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
        } catch {
          context.addIssue({ code: 'custom', message });
          return z.NEVER;
        }
      }),
  };
}

const momentSchema = z.number().min(-8.64e15).max(8.64e15);

export const readingCursor = cursorOf<ReadingCursor>(
  z.strictObject({
    measuredAt: momentSchema,
    origin: z.string().min(1).max(200),
    seq: z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  }),
  { longest: 600, begin: 'at the start' },
);

/** Of events and annotations. */
export const startCursor = cursorOf<StartCursor>(
  z.strictObject({ start: momentSchema, id: z.string().min(1).max(100) }),
  { longest: 300, begin: 'with the newest' },
);

/** Of sensors and gateways. What is gone since still has its place in the order. */
export const placeCursor = cursorOf<Place>(z.tuple([z.string().max(64), z.string().max(64)]), {
  longest: 300,
  begin: 'at the start',
});
