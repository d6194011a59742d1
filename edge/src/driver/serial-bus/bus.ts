// One line with its devices: one request at a time, stale bytes thrown away and counted, opened again by itself.

import { pause, type Timers } from '../../clock/timers.ts';
import type { LookFor } from '../../decode/look.ts';
import type { DriverHost } from '../../reading/sensor-driver.ts';
import { orAborted } from './aborted.ts';
import { Exchange } from './exchange.ts';
import { WireKeeper } from './keep-open.ts';
import { type Listener, type Listening, startListening } from './listening.ts';
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

/** Longer than any frame of a protocol with requests: Modbus 260, SDI-12 84 bytes; ASCII says its own. */
const usualBound = 1_024;
export class Bus {
  readonly #options: BusOptions;
  readonly #keeper: WireKeeper;
  #exchanging: Pick<Exchange<unknown>, 'hear' | 'fail'> | undefined;
  #isTaken = false;
  #silent = 0;
  #lastByteAt = Number.NEGATIVE_INFINITY;
  #openedAt = 0;
  #listening: Listening | undefined;

  constructor(options: BusOptions) {
    this.#options = options;
    this.#keeper = new WireKeeper({
      ...options,
      onOpen: () => {
        this.#openedAt = options.timers.uptime();
        this.#listening?.forget();
      },
      onBytes: (bytes) => this.#hear(bytes),
      onLost: (error) => this.#exchanging?.fail(error),
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
    const exchange = new Exchange<T>({
      look,
      bound,
      signal,
      onDiscarded: (count) => this.#discarded(count),
      onSilence: () => {
        if (request.length > 0) this.#wasSilent();
      },
    });
    this.#exchanging = exchange;
    try {
      if (request.length > 0) {
        onTraffic?.('sent', request);
        wire.write(request).then(
          () => {
            this.#lastByteAt = timers.uptime();
          },
          (error: Error) => this.#keeper.renew(error.message),
        );
      }
      return await exchange.answer;
    } finally {
      this.#exchanging = undefined;
      exchange.end();
    }
  }

  /** Gives each frame of devices that speak by themselves. */
  listen<T>(listener: Listener<T>): void {
    this.#listening = startListening(listener, {
      timers: this.#options.timers,
      openedAt: () => this.#openedAt,
      onDiscarded: (count) => this.#discarded(count),
      renew: (reason) => this.#keeper.renew(reason),
    });
  }

  /** Ends what is under way and closes the wire; may be called twice. */
  async close(): Promise<void> {
    this.#listening?.stop();
    this.#listening = undefined;
    await this.#keeper.close();
  }

  #hear(bytes: Uint8Array): void {
    this.#options.onTraffic?.('received', bytes);
    this.#lastByteAt = this.#options.timers.uptime();
    if (this.#exchanging !== undefined) {
      this.#silent = 0;
      this.#exchanging.hear(bytes);
    } else if (this.#listening !== undefined) this.#listening.hear(bytes);
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
