// Numbers and texts to bytes and back, with every length checked before it is believed.
import { WellheadError } from '../error.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Writes the primitive parts of the batch format into a buffer that grows as needed. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  byte(value: number): void {
    this.#need(1);
    this.#bytes[this.length++] = value;
  }

  /** LEB128; whole numbers from 0 to 2^53 - 1. */
  varint(value: number): void {
    this.#need(8);
    let rest = value;
    while (rest >= 0x80000000) {
      this.#bytes[this.length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  double(value: number): void {
    this.#need(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  uint32(value: number): void {
    this.#need(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  /** Length in bytes, then UTF-8. */
  text(value: string): void {
    this.blob(encoder.encode(value));
  }

  blob(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written so far, copied. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  /** What was written so far, as a view that the next write may change. */
  peek(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #need(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/** Reads what ByteWriter wrote; running past the end is BATCH_TRUNCATED, never a wrong value. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#end = end;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  byte(): number {
    if (this.#at >= this.#end) throw truncated();
    return this.#bytes[this.#at++]!;
  }

  varint(): number {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 8; i++) {
      const b = this.byte();
      value += (b & 0x7f) * factor;
      if (b < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      factor *= 128;
    }
    throw malformed('a number is too large');
  }

  /** A varint that counts things of which each takes at least `bytesEach` of the bytes that are left. */
  count(limit: number, what: string): number {
    const value = this.varint();
    if (value > limit) throw malformed(`${value} ${what} are more than ${limit}`);
    return value;
  }

  double(): number {
    if (this.left < 8) throw truncated();
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  uint32(): number {
    if (this.left < 4) throw truncated();
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  text(): string {
    try {
      return decoder.decode(this.blob());
    } catch (error) {
      if (error instanceof WellheadError) throw error;
      throw malformed('a text is not UTF-8');
    }
  }

  blob(): Uint8Array {
    return this.raw(this.varint());
  }

  raw(length: number): Uint8Array {
    if (this.left < length) throw truncated();
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return bytes;
  }
}

export function truncated(): WellheadError {
  return new WellheadError('BATCH_TRUNCATED', 'the batch ends before it is complete');
}

export function malformed(what: string): WellheadError {
  return new WellheadError('BATCH_MALFORMED', `the batch does not follow the format: ${what}`);
}
