// Why a value or a time has its flag: one name and one number for each cause, for ever.

/**
 * Why a value (or a reading's time) carries its flag. The number is what batches and stores hold, so a
 * number once given is never given to another cause.
 */
export const causes = {
  none: 0,
  missing: 1,
  dropout: 2,
  syntax: 3,
  'duplicate-time': 4,
  'backwards-time': 5,
  'future-time': 6,
  gap: 7,
  'instrument-range': 8,
  'site-range': 9,
  spike: 10,
  'rate-of-change': 11,
  'flat-line': 12,
  'out-of-water': 13,
  'logger-dropout': 14,
  attenuated: 15,
  'sensor-moved': 16,
  calibration: 17,
  drift: 18,
  'disagrees-with-neighbours': 19,
  'disagrees-with-partner': 20,
} as const;

export type CauseName = keyof typeof causes;
export type Cause = (typeof causes)[CauseName];

const names = new Map<number, CauseName>(
  (Object.entries(causes) as [CauseName, Cause][]).map(([name, code]) => [code, name]),
);

/** The name of a cause's number; a number from a newer program reads as `unknown-<number>`. */
export function causeName(code: number): string {
  return names.get(code) ?? `unknown-${code}`;
}

/** The inverse of `causeName`; no name, or one that nobody gave, is `none`. */
export function causeNumber(name: string | undefined): number {
  if (name === undefined) return causes.none;
  if (Object.hasOwn(causes, name)) return causes[name as CauseName];
  return Number(/^unknown-(\d+)$/.exec(name)?.[1] ?? causes.none);
}
