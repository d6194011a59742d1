// One watcher's event stream: what is stored goes out as it comes, and a slow reader costs a fixed amount.
import type { ServerResponse } from 'node:http';
import type { StoredReading } from '../../store/reading-store.ts';

/** With more than this waiting for the reader, readings are skipped and the reader is told to ask again. */
const maxWaitingBytes = 1024 * 1024;
/** A batch of more is a backlog: loading the range anew is cheaper for both sides. */
const maxReadingsAtOnce = 2_000;
const heartbeatMs = 15_000;
/** A reader that takes nothing for so many heartbeats is gone; its connection is given up. */
const maxStuckHeartbeats = 8;

/**
 * Headers that keep an event stream alive through proxies: no caching, no rewriting (which would gzip and
 * buffer), and nginx's own switch for buffering.
 */
export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-store, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
} as const;

export interface LiveStreamOptions {
  readonly nextId: () => number;
  /** The client was here before and has missed something. */
  readonly resumed: boolean;
  readonly onSkipped: () => void;
}

export class LiveStream {
  readonly #response: ServerResponse;
  readonly #options: LiveStreamOptions;
  readonly #heartbeat: NodeJS.Timeout;
  #isBehind = false;
  #stuck = 0;

  constructor(response: ServerResponse, options: LiveStreamOptions) {
    this.#response = response;
    this.#options = options;
    // The comment makes proxies pass the headers on at once; `retry` is how soon a browser comes back.
    response.write(': wellhead\nretry: 2000\n\n');
    if (options.resumed) this.#reportBehind();
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Sends readings, or `behind` instead of them where the reader is too slow or they are too many. */
  send(readings: readonly StoredReading[]): void {
    const waiting = this.#response.writableLength;
    if (waiting <= maxWaitingBytes && readings.length <= maxReadingsAtOnce) {
      this.#isBehind = false;
      this.#write('readings', JSON.stringify(readings));
      return;
    }
    this.#options.onSkipped();
    // Once is enough: it stands behind everything that waits, so whoever reads it has read all before it,
    // and what was skipped is in the store by then.
    if (!this.#isBehind || waiting <= maxWaitingBytes) this.#reportBehind();
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#response.end();
  }

  #reportBehind(): void {
    this.#isBehind = true;
    this.#write('behind', '{"do":"load the range again"}');
  }

  #write(event: string, data: string): void {
    this.#response.write(`id: ${this.#options.nextId()}\nevent: ${event}\ndata: ${data}\n\n`);
  }

  #beat(): void {
    if (this.#response.writableLength === 0) {
      this.#stuck = 0;
      this.#response.write(': still here\n\n');
    } else if (++this.#stuck >= maxStuckHeartbeats) this.#response.destroy();
  }
}
