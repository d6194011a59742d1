// All live streams of one server, so that their number has a bound and a closing server can end them.
import type { LiveStream } from './live-stream.ts';

/** Each holds a socket and up to 1 MB. */
export const maxStreams = 500;

export class LiveStreams {
  readonly #streams = new Set<LiveStream>();
  #id: number;

  /** Ids begin at the clock, so that they also grow across a restart. */
  constructor(now: number) {
    this.#id = now;
  }

  readonly nextId = (): number => ++this.#id;

  get size(): number {
    return this.#streams.size;
  }

  add(stream: LiveStream): void {
    this.#streams.add(stream);
  }

  end(stream: LiveStream): void {
    this.#streams.delete(stream);
    stream.close();
  }

  /** A closing server would wait for them for ever. */
  endAll(): void {
    for (const stream of this.#streams) stream.close();
  }
}
