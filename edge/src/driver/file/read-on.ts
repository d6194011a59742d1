// Reads a file on to its end: a line counts as read when the journal holds it, and not before.
import type { Timers } from '../../clock/timers.ts';
import type { SourceHost } from '../../reading/sensor-driver.ts';
import { offerUntilKept } from '../run/offer.ts';
import { type Checkpoint, readCheckpoint, startOf, writeCheckpoint } from './checkpoint.ts';
import { type CutLine, cutLines } from './cut-lines.ts';
import type { LineOffers } from './line-offers.ts';
import type { OpenedFile } from './opened-file.ts';

const chunkBytes = 64 * 1024;
/** Lines under way to the journal at once; far fewer than it remembers, so that a repeat is known as one. */
const linesAtOnce = 256;

export interface ReadOnOptions {
  readonly id: string;
  readonly maxLine: number;
  readonly offers: LineOffers;
  readonly host: SourceHost;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

export class ReadOn {
  readonly #id: string;
  readonly #maxLine: number;
  readonly #offers: LineOffers;
  readonly #host: SourceHost;
  readonly #timers: Timers;
  readonly #signal: AbortSignal;
  #checkpoint: Checkpoint | undefined;
  /** What stands behind the last line end. */
  #rest: Uint8Array = Buffer.alloc(0);
  #sizeSeen = -1;
  #grewAt = 0;

  constructor({ id, maxLine, offers, host, timers, signal }: ReadOnOptions) {
    this.#id = id;
    this.#maxLine = maxLine;
    this.#offers = offers;
    this.#host = host;
    this.#timers = timers;
    this.#signal = signal;
  }

  /** Up to where everything is durable; undefined before the first file. */
  get checkpoint(): Checkpoint | undefined {
    return this.#checkpoint;
  }

  /** Recalls how far an earlier run has come. */
  async recall(): Promise<void> {
    this.#checkpoint = readCheckpoint(await this.#host.checkpoints.read(this.#id));
  }

  /** A file was opened: nothing is known of its size yet. */
  opened(): void {
    this.#sizeSeen = -1;
    this.#grewAt = this.#timers.uptime();
  }

  /** Whether the file has not grown for so long. */
  isQuietFor(ms: number): boolean {
    return this.#timers.uptime() - this.#grewAt >= ms;
  }

  /** Starts at the beginning of a file that follows on the one read so far. */
  async begin(file: OpenedFile): Promise<void> {
    this.#host.count('files_begun_total', 1, this.#id);
    await this.#save(startOf(file.inode, this.#checkpoint, this.#rest));
    this.#rest = Buffer.alloc(0);
  }

  /** Reads on to the end. */
  async drain(file: OpenedFile): Promise<void> {
    const size = await file.size();
    if (size === this.#sizeSeen) return;
    this.#grewAt = this.#timers.uptime();
    let position = this.#checkpoint!.offset;
    let rest: Uint8Array = Buffer.alloc(0);
    while (!this.#signal.aborted) {
      const chunk = await file.read(position, chunkBytes);
      if (chunk.length === 0) break;
      position += chunk.length;
      const bytes = Buffer.concat([rest, chunk]);
      const { lines, passOver } = cutLines(bytes, this.#maxLine, this.#checkpoint!.passedOver);
      const isKept = await this.#keepLines(lines, file);
      if (!isKept) return;
      rest = bytes.subarray(lines.at(-1)?.end ?? 0);
      if (passOver === 0) continue;
      const checkpoint = this.#checkpoint!;
      const offset = checkpoint.offset + rest.length;
      const passedOver = checkpoint.passedOver + rest.length;
      await this.#save({ ...checkpoint, offset, passedOver, before: await file.before(offset) });
      rest = Buffer.alloc(0);
    }
    this.#rest = rest;
    this.#sizeSeen = size;
  }

  /** Brings lines to the journal, some at a time; then, and only then, they count as read. */
  async #keepLines(lines: readonly CutLine[], file: OpenedFile): Promise<boolean> {
    const start = this.#checkpoint!.offset;
    for (let from = 0; from < lines.length; from += linesAtOnce) {
      const some = lines.slice(from, from + linesAtOnce);
      const checkpoint: Checkpoint = { ...this.#checkpoint!, passedOver: 0 };
      const offers = this.#offers.of(some, checkpoint);
      const unkept = await offerUntilKept(offers, {
        sensor: this.#id,
        host: this.#host,
        timers: this.#timers,
        signal: this.#signal,
      });
      if (unkept > 0) return false;
      const offset = start + some.at(-1)!.end;
      await this.#save({ ...checkpoint, offset, before: await file.before(offset) });
    }
    return true;
  }

  async #save(checkpoint: Checkpoint): Promise<void> {
    this.#checkpoint = checkpoint;
    await this.#host.checkpoints.write(this.#id, writeCheckpoint(checkpoint));
  }
}
