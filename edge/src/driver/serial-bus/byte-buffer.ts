// Bytes from a noisy line, kept until they make a frame; what makes none is counted and thrown away.
import type { LookFor } from '../../decode/look.ts';

/** Bytes that came and are not understood yet: bounded, and what is thrown away is told. */
export class ByteBuffer {
  #bytes: Buffer = Buffer.alloc(0);
  readonly #bound: number;
  readonly #onDiscarded: (count: number) => void;

  constructor(bound: number, onDiscarded: (count: number) => void) {
    this.#bound = bound;
    this.#onDiscarded = onDiscarded;
  }

  push(bytes: Uint8Array): void {
    this.#bytes = this.#bytes.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#bytes, bytes]);
  }

  /** The next frame, or undefined when more bytes must come. */
  next<T>(look: LookFor<T>): { readonly frame: T } | undefined {
    while (this.#bytes.length > 0) {
      const seen = look(this.#bytes);
      if (seen === undefined) {
        this.#drop(this.#bytes.length - this.#bound);
        return undefined;
      }
      if ('discard' in seen) this.#drop(seen.discard);
      else {
        this.#drop(seen.from);
        this.#bytes = this.#bytes.subarray(seen.to - seen.from);
        return { frame: seen.frame };
      }
    }
    return undefined;
  }

  /** Throws away what is left. */
  clear(): void {
    this.#drop(this.#bytes.length);
  }

  #drop(count: number): void {
    if (count <= 0) return;
    this.#bytes = this.#bytes.subarray(count);
    this.#onDiscarded(count);
  }
}
