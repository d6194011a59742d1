// Whole numbers from 0 to 2^53 - 1 in the shortest of three ways: runs, varints, or bits with patches.
import { type ByteReader, type ByteWriter, malformed } from './bytes.ts';

const runs = 0;
const varints = 1;
const bits = 2;
const secondOrderBit = 4;
const maxBits = 31;

interface Plan {
  way: number;
  width: number;
  size: number;
}

const histogram = new Int32Array(54);

/**
 * Writes `first[from, to)`, or `second` where that is shorter (its mark tells the reader which).
 * Both hold the same series, as differences and as differences of differences.
 */
export function writePacked(
  out: ByteWriter,
  first: Float64Array,
  second: Float64Array | undefined,
  from: number,
  to: number,
): void {
  if (to <= from) return;
  const plan = shortest(first, from, to);
  if (second !== undefined) {
    const other = shortest(second, from, to);
    if (other.size < plan.size) {
      write(out, second, from, to, other, secondOrderBit);
      return;
    }
  }
  write(out, first, from, to, plan, 0);
}

/** Reads into `values[from, to)`; returns 1 or 2, the order of differences that was written. */
export function readPacked(input: ByteReader, values: Float64Array, from: number, to: number): 1 | 2 {
  if (to <= from) return 1;
  const head = input.byte();
  const way = head & 3;
  const width = head >> 3;
  if (way === runs) {
    for (let i = from; i < to; ) {
      const length = input.count(to - i, 'values in a run');
      if (length === 0) throw malformed('a run is empty');
      const value = input.varint();
      values.fill(value, i, i + length);
      i += length;
    }
  } else if (way === varints) {
    for (let i = from; i < to; i++) values[i] = input.varint();
  } else if (way === bits) {
    readBits(input, values, from, to, width);
  } else throw malformed(`packing ${way} is unknown`);
  return head & secondOrderBit ? 2 : 1;
}

function shortest(values: Float64Array, from: number, to: number): Plan {
  histogram.fill(0);
  let runSize = 0;
  let varintSize = 0;
  let runStart = from;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    varintSize += varintLength(value);
    histogram[bitLength(value)]!++;
    if (i + 1 === to || values[i + 1] !== value) {
      runSize += varintLength(i + 1 - runStart) + varintLength(value);
      runStart = i + 1;
    }
  }
  const plan: Plan =
    runSize <= varintSize
      ? { way: runs, width: 0, size: runSize }
      : { way: varints, width: 0, size: varintSize };
  // A patch costs about its place (1 to 2 bytes) and its high bits.
  let patchBytes = 0;
  let patches = 0;
  const count = to - from;
  for (let width = 53; width >= 0; width--) {
    if (width <= maxBits) {
      const size = Math.ceil((count * width) / 8) + varintLength(patches) + patchBytes;
      if (size < plan.size) {
        plan.way = bits;
        plan.width = width;
        plan.size = size;
      }
    }
    patches += histogram[width]!;
    patchBytes += histogram[width]! * (1 + Math.max(1, Math.ceil(width / 7)));
  }
  return plan;
}

function write(
  out: ByteWriter,
  values: Float64Array,
  from: number,
  to: number,
  plan: Plan,
  mark: number,
): void {
  out.byte(plan.way | mark | (plan.width << 3));
  if (plan.way === runs) {
    let start = from;
    for (let i = from; i < to; i++) {
      if (i + 1 < to && values[i + 1] === values[i]) continue;
      out.varint(i + 1 - start);
      out.varint(values[i]!);
      start = i + 1;
    }
  } else if (plan.way === varints) {
    for (let i = from; i < to; i++) out.varint(values[i]!);
  } else {
    writeBits(out, values, from, to, plan.width);
  }
}

/** Low `width` bits of each value, least significant first; then the larger values as (gap, whole value). */
function writeBits(out: ByteWriter, values: Float64Array, from: number, to: number, width: number): void {
  const limit = 2 ** width;
  let held = 0;
  let heldBits = 0;
  let patches = 0;
  for (let i = from; i < to; i++) {
    let value = values[i]!;
    if (value >= limit) {
      patches++;
      value = 0;
    }
    for (let left = width; left > 0; ) {
      const take = Math.min(left, 8 - heldBits);
      held |= (value & ((1 << take) - 1)) << heldBits;
      heldBits += take;
      value >>>= take;
      left -= take;
      if (heldBits === 8) {
        out.byte(held);
        held = 0;
        heldBits = 0;
      }
    }
  }
  if (heldBits > 0) out.byte(held);
  out.varint(patches);
  let last = from;
  for (let i = from; i < to && patches > 0; i++) {
    if (values[i]! < limit) continue;
    out.varint(i - last);
    out.varint(values[i]!);
    last = i;
    patches--;
  }
}

function readBits(input: ByteReader, values: Float64Array, from: number, to: number, width: number): void {
  if (width > maxBits) throw malformed(`${width} bits a value are too many`);
  const packed = input.raw(Math.ceil(((to - from) * width) / 8));
  let at = 0;
  let held = 0;
  let heldBits = 0;
  for (let i = from; i < to; i++) {
    let value = 0;
    for (let got = 0; got < width; ) {
      if (heldBits === 0) {
        held = packed[at++]!;
        heldBits = 8;
      }
      const take = Math.min(width - got, heldBits);
      value |= (held & ((1 << take) - 1)) << got;
      held >>= take;
      heldBits -= take;
      got += take;
    }
    values[i] = value;
  }
  const patches = input.count(to - from, 'patches');
  let place = from;
  for (let p = 0; p < patches; p++) {
    place += input.varint();
    if (place >= to) throw malformed('a patch lies outside its column');
    values[place] = input.varint();
  }
}

function varintLength(value: number): number {
  if (value < 128) return 1;
  if (value < 16384) return 2;
  if (value < 2097152) return 3;
  if (value < 268435456) return 4;
  return Math.ceil(bitLength(value) / 7);
}

function bitLength(value: number): number {
  if (value < 4294967296) return 32 - Math.clz32(value);
  return 64 - Math.clz32(Math.floor(value / 4294967296));
}
