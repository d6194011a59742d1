// Registers to values: types, byte orders, scale, and what an instrument says when it has no value.
import type { Value } from '@wellhead/protocol';

export type RegisterType =
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'float32'
  | 'float64'
  | 'int64'
  | 'uint64';

/** ABCD is what the standard means (big-endian); vendors also swap words (CDAB), bytes (BADC) or both (DCBA). */
export type RegisterOrder = 'ABCD' | 'CDAB' | 'BADC' | 'DCBA';

export interface RegisterFormat {
  readonly type: RegisterType;
  readonly order: RegisterOrder;
  readonly scale: number;
  readonly offset: number;
  /** Raw numbers that mean "no value". */
  readonly missing: readonly number[];
}

/** Registers (16 bits) of each type. */
export const registersOf: Readonly<Record<RegisterType, number>> = {
  int16: 1,
  uint16: 1,
  int32: 2,
  uint32: 2,
  float32: 2,
  float64: 4,
  int64: 4,
  uint64: 4,
};

/** The value that these bytes hold; null where the instrument has none. */
export function readRegister(bytes: Uint8Array, format: RegisterFormat): Value {
  const raw = rawNumber(inOrder(bytes, format.order), format.type);
  if (!Number.isFinite(raw) || format.missing.includes(raw)) return null;
  if (format.scale === 1 && format.offset === 0) return raw;
  // 15 digits hold every product of short decimals, and drop what binary adds: 1013 x 0.1 is 101.3.
  return Number((raw * format.scale + format.offset).toPrecision(15));
}

/** The bytes as ABCD; for 64 bits the letters go on in the same manner. */
function inOrder(bytes: Uint8Array, order: RegisterOrder): DataView {
  const sorted = new Uint8Array(bytes.length);
  const last = bytes.length - 1;
  for (let i = 0; i < bytes.length; i++) {
    const from =
      order === 'ABCD' ? i : order === 'DCBA' ? last - i : order === 'BADC' ? i ^ 1 : (last - i) ^ 1;
    sorted[i] = bytes[from]!;
  }
  return new DataView(sorted.buffer);
}

function rawNumber(view: DataView, type: RegisterType): number {
  switch (type) {
    case 'int16':
      return view.getInt16(0);
    case 'uint16':
      return view.getUint16(0);
    case 'int32':
      return view.getInt32(0);
    case 'uint32':
      return view.getUint32(0);
    case 'float32':
      return shortest(view.getFloat32(0));
    case 'float64':
      return view.getFloat64(0);
    // Beyond 2^53 the last digits go: a reading's numbers are doubles.
    case 'int64':
      return Number(view.getBigInt64(0));
    case 'uint64':
      return Number(view.getBigUint64(0));
  }
}

/** The shortest decimal that is this float32: 16.38, not 16.3799991607666, which says no more. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number.isFinite(value) ? Number(value.toPrecision(9)) : value;
}
