// Columns of bytes that seldom change, as runs.
import { type ByteReader, type ByteWriter, malformed } from './bytes.ts';

/** Flags, causes and kinds change seldom: each run is its value and its length, the last run's length is 0. */
export function writeByteRuns(out: ByteWriter, values: Uint8Array, count: number): void {
  let start = 0;
  for (let i = 0; i < count; i++) {
    if (i + 1 < count && values[i + 1] === values[i]) continue;
    out.byte(values[i]!);
    out.varint(i + 1 === count ? 0 : i + 1 - start);
    start = i + 1;
  }
}

export function readByteRuns(input: ByteReader, count: number): Uint8Array {
  const values = new Uint8Array(count);
  for (let i = 0; i < count; ) {
    const value = input.byte();
    const written = input.varint();
    const length = written === 0 ? count - i : written;
    if (length > count - i) throw malformed('a run is longer than its column');
    values.fill(value, i, i + length);
    i += length;
  }
  return values;
}
