// Bytes and readings as a person at a cable wants to see them.
import type { SensorType, Value } from '@wellhead/protocol';

/** One line: when, which way, the bytes in hexadecimal, and what of them is text. */
export function showBytes(direction: 'sent' | 'received', bytes: Uint8Array, ms: number): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  let text = '';
  for (const byte of bytes) {
    text +=
      byte === 0x0d
        ? '\\r'
        : byte === 0x0a
          ? '\\n'
          : byte >= 0x20 && byte < 0x7f
            ? String.fromCharCode(byte)
            : '·';
  }
  return `${(ms / 1000).toFixed(3).padStart(9)} s  ${direction === 'sent' ? '→' : '←'}  ${hex}   ${text}`;
}

/** A line for each value, with its unit. Returns whether there is a reading at all. */
export function showReading(
  reading: { readonly measuredAt?: number; readonly values: readonly (Value | undefined)[] } | undefined,
  { properties }: SensorType,
  print: (line: string) => void,
): boolean {
  if (reading === undefined) {
    print('no reading');
    return false;
  }
  if (reading.measuredAt !== undefined) print(`measured at ${new Date(reading.measuredAt).toISOString()}`);
  for (const [p, value] of reading.values.entries()) {
    const { name, unit } = properties[p]!;
    if (value !== undefined) print(`${name} = ${value === null ? '(no value)' : value} ${unit}`.trimEnd());
  }
  return true;
}
