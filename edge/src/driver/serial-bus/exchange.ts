// One request under way: its answer out of the bytes that come, unless the time is up or the wire goes before.
import type { LookFor } from '../../decode/look.ts';
import { reasonOf } from './aborted.ts';
import { ByteBuffer } from './byte-buffer.ts';

export interface ExchangeOptions<T> {
  readonly look: LookFor<T>;
  /** So many bytes are kept at most. */
  readonly bound: number;
  readonly signal: AbortSignal;
  readonly onDiscarded: (count: number) => void;
  /** Called when the signal aborts and not one byte has come. */
  readonly onSilence: () => void;
}

export class Exchange<T> {
  /** Rejects when the signal aborts, with its reason and whether anything came at all. */
  readonly answer: Promise<T>;
  readonly #look: LookFor<T>;
  readonly #buffer: ByteBuffer;
  #heard = 0;
  #resolve: (frame: T) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  readonly #forget: () => void;

  constructor({ look, bound, signal, onDiscarded, onSilence }: ExchangeOptions<T>) {
    this.#look = look;
    this.#buffer = new ByteBuffer(bound, onDiscarded);
    this.answer = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const onAbort = () => {
      const heard = this.#heard;
      if (heard === 0) onSilence();
      this.#reject(
        heard === 0
          ? reasonOf(signal)
          : new Error(`${reasonOf(signal).message}: ${heard} bytes, none of use`),
      );
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#forget = () => signal.removeEventListener('abort', onAbort);
  }

  hear(bytes: Uint8Array): void {
    this.#heard += bytes.length;
    this.#buffer.push(bytes);
    const found = this.#buffer.next(this.#look);
    if (found === undefined) return;
    this.#forget();
    this.#resolve(found.frame);
  }

  fail(error: Error): void {
    this.#forget();
    this.#reject(error);
  }

  /** Throws away what is left; what comes now belongs to nobody. */
  end(): void {
    this.#forget();
    this.#buffer.clear();
  }
}
