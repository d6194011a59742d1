// Modbus frames among bytes (Modbus Application Protocol V1.1b3; Modbus over Serial Line V1.02).
import type { Look } from './look.ts';

/** Which answer is waited for. */
export interface Expected {
  readonly unit: number;
  readonly functionCode: number;
  /** Registers asked for. */
  readonly count: number;
}

const exceptionBytes = 5;
const mbapBytes = 7;

/** CRC-16 of Modbus over Serial Line, 6.2.2: polynomial A001 reflected, begun with FFFF; sent low byte first. */
export function modbusCrc(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

/** The bytes with their CRC behind them. */
export function withCrc(bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(bytes.length + 2);
  frame.set(bytes);
  const crc = modbusCrc(bytes);
  frame[bytes.length] = crc & 0xff;
  frame[bytes.length + 1] = crc >>> 8;
  return frame;
}

/**
 * Finds the answer on a serial line. Every place is tried, because noise, other units' answers and an echo of
 * the request may stand before it; only a sound CRC makes it one.
 */
export function lookForRtu(bytes: Uint8Array, expected: Expected): Look<Uint8Array> | undefined {
  let firstOpen: number | undefined;
  for (let from = 0; from < bytes.length; from++) {
    const size = sizeAt(bytes, from, expected);
    if (size === 0) continue;
    if (size === undefined || from + size > bytes.length) {
      firstOpen ??= from;
      continue;
    }
    const frame = bytes.subarray(from, from + size);
    const crc = frame[size - 2]! | (frame[size - 1]! << 8);
    if (modbusCrc(frame.subarray(0, size - 2)) === crc) return { frame, from, to: from + size };
  }
  if (firstOpen === 0) return undefined;
  return { discard: firstOpen ?? bytes.length };
}

/** Bytes of the answer that may begin here; 0: none does, undefined: too few bytes to say. */
function sizeAt(
  bytes: Uint8Array,
  from: number,
  { unit, functionCode, count }: Expected,
): number | undefined {
  if (bytes[from] !== unit) return 0;
  const code = bytes[from + 1];
  if (code === undefined) return undefined;
  // 7 of the Application Protocol: an exception has the function code with its highest bit set.
  if (code === (functionCode | 0x80)) return exceptionBytes;
  if (code !== functionCode) return 0;
  const size = bytes[from + 2];
  if (size === undefined) return undefined;
  return size === count * 2 ? 5 + size : 0;
}

/** A request for Modbus TCP: the MBAP header of the Application Protocol, 4.1 of the messaging guide, no CRC. */
export function withMbap(unitAndPdu: Uint8Array, transaction: number): Uint8Array {
  const frame = new Uint8Array(mbapBytes - 1 + unitAndPdu.length);
  const view = new DataView(frame.buffer);
  view.setUint16(0, transaction);
  view.setUint16(4, unitAndPdu.length);
  frame.set(unitAndPdu, mbapBytes - 1);
  return frame;
}

/** Finds the answer to one transaction; what answers another one came too late, and is thrown away. */
export function lookForMbap(
  bytes: Uint8Array,
  transaction: number,
  expected: Expected,
): Look<Uint8Array> | undefined {
  if (bytes.length < mbapBytes + 1) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint16(4);
  // Protocol 0 and at most 253 bytes of PDU behind the unit: anything else is no Modbus, or out of step.
  if (view.getUint16(2) !== 0 || size < 3 || size > 254) return { discard: 1 };
  const end = mbapBytes - 1 + size;
  if (bytes.length < end) return undefined;
  const frame = bytes.subarray(mbapBytes - 1, end);
  const wanted = sizeAt(frame, 0, expected);
  if (view.getUint16(0) !== transaction || wanted !== size + 2) return { discard: end };
  return { frame: withCrc(frame), from: 0, to: end };
}
