// How instruments say that they have no value: by nothing at all, or by a code.
import type { Value } from '../reading/value.ts';

/** What an instrument says when it has no value, sorted by how it is compared. */
export interface MissingCodes {
  readonly numbers: readonly number[];
  readonly texts: ReadonlySet<string>;
}

/** Reads the codes of a sensor type: each counts as it is written and, where it is one, as a number. */
export function missingCodesOf(written: readonly (string | number)[]): MissingCodes {
  const numbers: number[] = [];
  const texts = new Set<string>();
  for (const code of written) {
    if (typeof code === 'string') texts.add(code.trim());
    const number = typeof code === 'number' ? code : numberIn(code);
    if (!Number.isNaN(number)) numbers.push(number);
  }
  return { numbers, texts };
}

/** Whether the sensor named the property but had no value for it: null, NaN or a missing code. */
export function isMissing(codes: MissingCodes, value: Value): boolean {
  if (typeof value === 'number') return Number.isNaN(value) || codes.numbers.includes(value);
  if (typeof value === 'string')
    return codes.texts.has(value.trim()) || codes.numbers.includes(numberIn(value));
  return value === null;
}

/** The number that a text holds, NaN for any other text: `Number` alone would read an empty text as 0. */
function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
