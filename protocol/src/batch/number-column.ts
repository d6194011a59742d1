// A column of doubles as decimals scaled to whole numbers, in differences, zigzag, packed the shortest way.
import { type ByteReader, type ByteWriter, malformed } from './bytes.ts';
import { readPacked, writePacked } from './packing.ts';

const rawDoubles = 0;
const scaled = 1;
const maxDecimals = 15;
// Differences of differences of numbers below 2^50 stay exact, and zigzag below 2^53.
const maxWhole = 2 ** 50;
const powers = Array.from({ length: maxDecimals + 1 }, (_, d) => 10 ** d);

let wholes = new Float64Array(1024);
let firstOrder = new Float64Array(1024);
let secondOrder = new Float64Array(1024);

/**
 * Writes doubles without loss: 0.1 comes back as 0.1, -0 as -0, NaN as NaN. `timeLike` also tries the
 * difference of differences, which suits times.
 */
export function writeNumbers(out: ByteWriter, values: Float64Array, count: number, timeLike = false): void {
  if (count === 0) return;
  const decimals = scale(values, count);
  if (decimals < 0) {
    out.byte(rawDoubles);
    for (let i = 0; i < count; i++) out.double(values[i]!);
    return;
  }
  let previous = 0;
  for (let i = 0; i < count; i++) {
    firstOrder[i] = zigzag(wholes[i]! - previous);
    previous = wholes[i]!;
  }
  if (timeLike) {
    let lastStep = 0;
    let last = wholes[0]!;
    for (let i = 1; i < count; i++) {
      const step = wholes[i]! - last;
      secondOrder[i] = zigzag(step - lastStep);
      lastStep = step;
      last = wholes[i]!;
    }
  }
  out.byte(scaled | (decimals << 1));
  out.varint(firstOrder[0]!);
  writePacked(out, firstOrder, timeLike ? secondOrder : undefined, 1, count);
}

export function readNumbers(input: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  if (count === 0) return values;
  const head = input.byte();
  if (head === rawDoubles) {
    if (input.left < count * 8) throw malformed('a column of doubles is cut short');
    for (let i = 0; i < count; i++) values[i] = input.double();
    return values;
  }
  const decimals = head >> 1;
  if ((head & 1) !== scaled || decimals > maxDecimals) throw malformed(`column kind ${head} is unknown`);
  values[0] = unzigzag(input.varint());
  const order = readPacked(input, values, 1, count);
  if (order === 2) {
    let step = 0;
    for (let i = 1; i < count; i++) {
      step += unzigzag(values[i]!);
      values[i] = values[i - 1]! + step;
    }
  } else {
    for (let i = 1; i < count; i++) values[i] = values[i - 1]! + unzigzag(values[i]!);
  }
  if (decimals > 0) {
    const power = powers[decimals]!;
    for (let i = 0; i < count; i++) values[i] = values[i]! / power;
  }
  return values;
}

/** Fills `wholes`; returns the decimals needed, or -1 when only raw doubles are lossless. */
function scale(values: Float64Array, count: number): number {
  if (wholes.length < count) {
    wholes = new Float64Array(count * 2);
    firstOrder = new Float64Array(count * 2);
    secondOrder = new Float64Array(count * 2);
  }
  let decimals = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    while (true) {
      const whole = Math.round(value * powers[decimals]!);
      if (whole / powers[decimals]! === value && Math.abs(whole) < maxWhole) {
        wholes[i] = whole;
        break;
      }
      if (++decimals > maxDecimals || !(Math.abs(value) < maxWhole)) return -1;
      i = -1; // the earlier values must be scaled again
      break;
    }
    if (i >= 0 && wholes[i] === 0 && Object.is(value, -0)) return -1;
  }
  return decimals;
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : value * -2 - 1;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : (value + 1) / -2;
}
