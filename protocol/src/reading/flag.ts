// How good a value is, in the five words and numbers of QARTOD.

/** The quality of one value, in QARTOD's five words and numbers (IOOS QARTOD manuals, flag table). */
export const flags = { good: 1, notEvaluated: 2, suspect: 3, bad: 4, missing: 9 } as const;

export type Flag = (typeof flags)[keyof typeof flags];

/** The words of the flags, for people and for JSON. */
export const flagWords: Readonly<Record<Flag, string>> = {
  1: 'good',
  2: 'not evaluated',
  3: 'suspect',
  4: 'bad',
  9: 'missing',
};

export function isFlag(value: unknown): value is Flag {
  return value === 1 || value === 2 || value === 3 || value === 4 || value === 9;
}
