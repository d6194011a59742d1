// One line with its devices: one request at a time, stale bytes thrown away and counted, opened again by itself.

import { pause, type Timers } from '../../clock/timers.ts';
import type { LookFor } from '../../decode/look.ts';
import type { DriverHost } from '../../reading/sensor-driver.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { WireKeeper } from './keep-open.ts';
import type { OpenWire } from './wire.ts';

export interface BusOptions {
  readonly name: string;
  readonly open: OpenWire;
  /** Quiet time before a request: slow devices need it to let go of the line, and RTU frames to be told apart. */
  readonly pauseMs: number;
  readonly host: Pick<DriverHost, 'count' | 'say' | 'random'>;
  readonly timers: Timers;
  /**
   * So many requests in a row without a single byte, and the port is opened anew: it may be an unplugged one
   * that looks open. Left out: 3.
   */
  readonly silentRequests?: number;
  /** Sees every byte, for the probe. */
  readonly onTraffic?: (direction: 'sent' | 'received', bytes: Uint8Array) => void;
}

export interface Listener<T> {
  /** Called after each opening; not whole: the first bytes are likely the rest of a frame begun before. */
  readonly begin: (isWhole: boolean) => LookFor<T>;
  readonly onFrame: (frame: T) => void;
  /** After this long without a byte the port is opened anew, and this is told. */
  readonly silenceMs: number;
  readonly onSilence: () => void;
}

interface Talk {
  hear(bytes: Uint8Array): void;
  fail(error: Error): void;
}

/** Longer than any frame of a protocol with requests: Modbus 260, SDI-12 84 bytes; ASCII says its own. */
const usualBound = 1_024;
/** Bytes that come this soon after opening began before it. */
const alreadyTalkingMs = 100;

export class Bus {
  readonly #options: BusOptions;
  readonly #keeper: WireKeeper;
  #talk: Talk | undefined;
  #isTaken = false;
  #silent = 0;
  #lastByteAt = Number.NEGATIVE_INFINITY;
  #openedAt = 0;
  #listen: ((bytes: Uint8Array) => void) | undefined;
  #forget: () => void = () => undefined;

  constructor(options: BusOptions) {
    this.#options = options;
    this.#keeper = new WireKeeper({
      ...options,
      onOpen: () => {
        this.#openedAt = options.timers.uptime();
        this.#forget();
      },
      onBytes: (bytes) => this.#hear(bytes),
      onLost: (error) => this.#talk?.fail(error),
    });
  }

  get name(): string {
    return this.#options.name;
  }

  /** Resolves when the wire is open; rejects with what is wrong with it, and when the signal aborts. */
  async opened(signal: AbortSignal): Promise<void> {
    await orAborted(this.#keeper.wire(), signal);
  }

  /**
   * Sends a request (none when it is empty) and resolves with the frame that `look` finds in what comes. Rejects when the signal
   * aborts, with its reason and whether anything came at all, and when the wire is not open or goes away.
   */
  async exchange<T>(
    request: Uint8Array,
    look: LookFor<T>,
    signal: AbortSignal,
    bound = usualBound,
  ): Promise<T> {
    if (this.#isTaken) throw new TypeError(`two requests at the same time on ${this.name}`);
    this.#isTaken = true;
    try {
      return await this.#exchange(request, look, signal, bound);
    } finally {
      this.#isTaken = false;
    }
  }

  async #exchange<T>(request: Uint8Array, look: LookFor<T>, signal: AbortSignal, bound: number): Promise<T> {
    const { timers, pauseMs, onTraffic } = this.#options;
    const wire = await orAborted(this.#keeper.wire(), signal);
    // Who only listens must not miss the beginning.
    const quietMs = timers.uptime() - this.#lastByteAt;
    if (request.length > 0 && quietMs < pauseMs) await pause(timers, pauseMs - quietMs, signal);
    signal.throwIfAborted();
    let heard = 0;
    const buffer = new ByteBuffer(bound, (count) => this.#discarded(count));
    try {
      return await new Promise<T>((resolve, reject) => {
        const onAbort = () => {
          if (heard === 0 && request.length > 0) this.#wasSilent();
          reject(
            heard === 0
              ? reasonOf(signal)
              : new Error(`${reasonOf(signal).message}: ${heard} bytes, none of use`),
          );
        };
        signal.addEventListener('abort', onAbort, { once: true });
        this.#talk = {
          hear: (bytes) => {
            heard += bytes.length;
            this.#silent = 0;
            buffer.push(bytes);
            const found = buffer.next(look);
            if (found === undefined) return;
            signal.removeEventListener('abort', onAbort);
            resolve(found.frame);
          },
          fail: (error) => {
            signal.removeEventListener('abort', onAbort);
            reject(error);
          },
        };
        if (request.length === 0) return;
        onTraffic?.('sent', request);
        wire.write(request).then(
          () => {
            this.#lastByteAt = timers.uptime();
          },
          (error: Error) => this.#keeper.renew(error.message),
        );
      });
    } finally {
      this.#talk = undefined;
      buffer.clear();
    }
  }

  /** Gives each frame of devices that speak by themselves. */
  listen<T>({ begin, onFrame, silenceMs, onSilence }: Listener<T>): void {
    const { timers } = this.#options;
    let look: LookFor<T> | undefined;
    let buffer = new ByteBuffer(Number.POSITIVE_INFINITY, (count) => this.#discarded(count));
    let cancel: () => void = () => undefined;
    const watch = () => {
      cancel();
      cancel = timers.after(silenceMs, () => {
        onSilence();
        this.#keeper.renew(`silent for ${Math.round(silenceMs / 1000)} s`);
      });
    };
    watch();
    this.#forget = () => {
      buffer.clear();
      look = undefined;
      watch();
    };
    this.#listen = (bytes) => {
      watch();
      look ??= begin(timers.uptime() - this.#openedAt > alreadyTalkingMs);
      buffer.push(bytes);
      for (let found = buffer.next(look); found !== undefined; found = buffer.next(look))
        onFrame(found.frame);
    };
    this.#stopListening = () => {
      cancel();
      buffer.clear();
      buffer = new ByteBuffer(0, () => undefined);
      this.#listen = undefined;
      this.#forget = () => undefined;
    };
  }

  #stopListening: () => void = () => undefined;

  /** Ends what is under way and closes the wire; may be called twice. */
  async close(): Promise<void> {
    this.#stopListening();
    await this.#keeper.close();
  }

  #hear(bytes: Uint8Array): void {
    this.#options.onTraffic?.('received', bytes);
    this.#lastByteAt = this.#options.timers.uptime();
    if (this.#talk !== undefined) this.#talk.hear(bytes);
    else if (this.#listen !== undefined) this.#listen(bytes);
    // An answer that came too late, or noise: the next request must not take it for its own.
    else this.#discarded(bytes.length);
  }

  #discarded(count: number): void {
    this.#options.host.count('bytes_discarded_total', count, this.name);
  }

  #wasSilent(): void {
    const { silentRequests = 3 } = this.#options;
    if (++this.#silent < silentRequests) return;
    this.#silent = 0;
    this.#keeper.renew(`${silentRequests} requests without a byte in answer`);
  }
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
