// Values that a numeric field or JSON would change, kept in a form that comes back as it was.
import type { Value } from '@wellhead/protocol';

/**
 * A value that no numeric field can hold, as JSON that no program on the way changes: numbers that JSON lacks by name,
 * and texts that UTF-8 lacks (lone halves of surrogate pairs) by their code units.
 */
export type RawValue = string | boolean | null | { readonly number: string } | { readonly utf16: string };

const loneSurrogate = /\p{Cs}/u;

/** Whether a value goes into `values`, where it can be searched and averaged. */
export function isPlainNumber(value: Value): value is number {
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0);
}

export function toRaw(value: Value): RawValue {
  if (typeof value === 'number') return { number: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value === 'string' && loneSurrogate.test(value))
    return { utf16: Buffer.from(value, 'utf16le').toString('base64') };
  return value;
}

export function fromRaw(raw: RawValue): Value {
  if (typeof raw !== 'object' || raw === null) return raw;
  if ('number' in raw) return Number(raw.number);
  return Buffer.from(raw.utf16, 'base64').toString('utf16le');
}
