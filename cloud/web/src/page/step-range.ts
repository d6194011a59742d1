// Moves and scales a range: what dragging does, for those who cannot or would rather not drag.

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Below this no logger measures. */
const shortestMs = 60_000;

export type Step = 'earlier' | 'later' | 'closer' | 'wider';

/** `whole` is the sensor's life; `around` is the cursor, kept in view. Undefined where there is nowhere to go. */
export function stepRange(step: Step, { from, to }: Span, whole: Span, around?: number): Span | undefined {
  const length = to - from;
  switch (step) {
    case 'earlier':
      return from <= whole.from ? undefined : { from: from - length, to: from };
    case 'later':
      return to >= whole.to ? undefined : { from: to, to: to + length };
    case 'closer': {
      if (length / 2 < shortestMs) return undefined;
      const middle = Math.min(to - length / 4, Math.max(from + length / 4, around ?? (from + to) / 2));
      return { from: middle - length / 4, to: middle + length / 4 };
    }
    case 'wider':
      if (from <= whole.from && to >= whole.to) return undefined;
      return { from: from - length / 2, to: to + length / 2 };
  }
}
