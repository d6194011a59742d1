// Holds a wire open for ever: what goes away is opened again, as a new one, with a pause that grows to a bound.
import { retryDelays } from '@wellhead/protocol';
import { pause, type Timers } from '../../clock/timers.ts';
import type { DriverHost } from '../../reading/sensor-driver.ts';
import type { OpenWire, Wire } from './wire.ts';

const reopen = { firstMs: 250, maxMs: 10_000 };

export interface KeeperOptions {
  readonly name: string;
  readonly open: OpenWire;
  readonly host: Pick<DriverHost, 'count' | 'say' | 'random'>;
  readonly timers: Timers;
  readonly onOpen: () => void;
  readonly onBytes: (bytes: Uint8Array) => void;
  /** The wire is gone; requests under way on it have failed. */
  readonly onLost: (error: Error) => void;
}

/** Why a wire is no more. Renewing one that is silent is no trouble yet: the sensors say if they are dead. */
interface Loss {
  readonly reason: string;
  readonly isTrouble: boolean;
}

export class WireKeeper {
  readonly #options: KeeperOptions;
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;
  #opening: PromiseWithResolvers<Wire> = withResolvers();
  #lose: (loss: Loss) => void = () => undefined;
  /** What is wrong, said once; undefined while all is well. */
  #trouble: string | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** The open wire; rejects with what is wrong while there is none, and does not wait for a later attempt. */
  wire(): Promise<Wire> {
    return this.#opening.promise;
  }

  /** Gives the wire up and opens a new one: an unplugged port may look open and be deaf. */
  renew(reason: string): void {
    this.#lose({ reason, isTrouble: false });
  }

  async close(): Promise<void> {
    this.#abort.abort();
    this.#lose({ reason: 'the gateway is stopping', isTrouble: false });
    await this.#running;
  }

  async #run(): Promise<void> {
    const { open, host, timers, name, onOpen, onLost } = this.#options;
    const { signal } = this.#abort;
    let delays = retryDelays(reopen, host.random);
    while (!signal.aborted) {
      const lost = withResolvers<Loss>();
      this.#lose = lost.resolve;
      try {
        const wire = await open({
          onBytes: (bytes) => this.#options.onBytes(bytes),
          onGone: (why) => lost.resolve({ reason: why, isTrouble: true }),
        });
        host.count('ports_opened_total', 1, name);
        if (this.#trouble !== undefined) host.say('info', { bus: name }, 'the bus is open again');
        this.#trouble = undefined;
        delays = retryDelays(reopen, host.random);
        onOpen();
        this.#opening.resolve(wire);
        const { reason, isTrouble } = await lost.promise;
        this.#begin(new Error(`${name}: ${reason}`));
        onLost(new Error(`${name}: ${reason}`));
        await wire.close();
        if (isTrouble) this.#complain(reason);
      } catch (error) {
        this.#begin(error as Error);
        this.#complain((error as Error).message);
      }
      await pause(timers, delays.next().value, signal);
      this.#opening = withResolvers();
    }
    this.#begin(new Error(`${name} is closed`));
  }

  /** From now on there is no wire, and whoever asks is told why. */
  #begin(error: Error): void {
    this.#opening.reject(error);
    this.#opening = withResolvers();
    this.#opening.reject(error);
  }

  #complain(trouble: string): void {
    if (this.#trouble !== undefined) return;
    this.#trouble = trouble;
    this.#options.host.say(
      'warn',
      { bus: this.#options.name, trouble },
      'a bus is not open; it is tried again',
    );
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Promise.withResolvers comes with Node 22. Nobody may be waiting when it rejects, and that is no accident. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
