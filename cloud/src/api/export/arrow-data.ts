// Arrays in the layout of Arrow: numbers as they lie in memory, texts end to end, and a bit where something is.
import type { Data, DataType } from 'apache-arrow';
import type { Arrow } from './load-arrow.ts';

const encoder = new TextEncoder();
const nothing = new Uint8Array(0);

export class ArrowData {
  readonly #arrow: Arrow;

  constructor(arrow: Arrow) {
    this.#arrow = arrow;
  }

  /** Of doubles that are whole milliseconds or become so; with the type of times, or of whole numbers. */
  wholes(type: DataType, doubles: Float64Array): Data {
    const data = new BigInt64Array(doubles.length);
    // In halves, for a BigInt of each would cost more than all the rest.
    const halves = new DataView(data.buffer);
    for (let i = 0; i < doubles.length; i++) {
      const whole = Math.floor(doubles[i]!);
      halves.setUint32(8 * i, whole % 2 ** 32, true);
      halves.setInt32(8 * i + 4, Math.floor(whole / 2 ** 32), true);
    }
    return this.#make({ type, length: doubles.length, nullCount: 0, data });
  }

  numbers(data: Float64Array, isThere: (index: number) => boolean): Data {
    return this.#make({ type: new this.#arrow.Float64(), data, ...present(data.length, isThere) });
  }

  bytes(data: Uint8Array, isThere: (index: number) => boolean): Data {
    return this.#make({ type: new this.#arrow.Uint8(), data, ...present(data.length, isThere) });
  }

  texts(length: number, textAt: (index: number) => string | undefined): Data {
    // Few texts, and most of them many times.
    const encoded = new Map<string, Uint8Array>();
    const pieces: Uint8Array[] = [];
    const valueOffsets = new Int32Array(length + 1);
    let [end, nullCount] = [0, 0];
    const nullBitmap = new Uint8Array((length + 7) >> 3);
    for (let i = 0; i < length; i++) {
      const text = textAt(i);
      if (text === undefined) nullCount++;
      else {
        nullBitmap[i >> 3]! |= 1 << (i & 7);
        let piece = encoded.get(text);
        if (piece === undefined) {
          piece = encoder.encode(text);
          encoded.set(text, piece);
        }
        pieces.push(piece);
        end += piece.length;
      }
      valueOffsets[i + 1] = end;
    }
    const data = end === 0 ? nothing : Buffer.concat(pieces, end);
    return this.#make({ type: new this.#arrow.Utf8(), length, nullCount, nullBitmap, valueOffsets, data });
  }

  #make(props: object): Data {
    return this.#arrow.makeData(props as Parameters<Arrow['makeData']>[0]);
  }
}

function present(length: number, isThere: (index: number) => boolean) {
  const nullBitmap = new Uint8Array((length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < length; i++)
    if (isThere(i)) nullBitmap[i >> 3]! |= 1 << (i & 7);
    else nullCount++;
  return { length, nullBitmap, nullCount };
}
