// Follows a file that a logger appends to, across rotation, restarts and power cuts.
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { SensorType } from '@wellhead/protocol';
import { pause, realTimers, type Timers } from '../../clock/timers.ts';
import type { SensorDriver, SourceHost } from '../../reading/sensor-driver.ts';
import { offerUntilKept } from '../run/offer.ts';
import { reasonOf } from '../run/refusal.ts';
import { type Checkpoint, readCheckpoint, startOf, writeCheckpoint } from './checkpoint.ts';
import { type CutLine, cutLines } from './cut-lines.ts';
import { LineOffers } from './line-offers.ts';
import { type FileConfig, fileMapping } from './mapping.ts';
import { isTelling, OpenedFile } from './opened-file.ts';
import { createLineReader } from './read-line.ts';
import { findBeside, findNext } from './rotated-files.ts';

export interface FollowedSensor {
  readonly id: string;
  readonly type: SensorType;
  readonly file: FileConfig;
}

const chunkBytes = 64 * 1024;
/** Lines under way to the journal at once; far fewer than it remembers, so that a repeat is known as one. */
const linesAtOnce = 256;
/** A disk that does not answer, as a network share without its server, is not waited for longer at the end. */
const closeWithinMs = 5_000;

/** Starts following; the file need not be there yet. */
export function followFile(
  sensor: FollowedSensor,
  host: SourceHost,
  timers: Timers = realTimers,
): SensorDriver {
  const follower = new FileFollower(sensor, host, timers);
  return { close: () => follower.close() };
}

class FileFollower {
  readonly #id: string;
  readonly #config: FileConfig;
  readonly #host: SourceHost;
  readonly #timers: Timers;
  readonly #abort = new AbortController();
  readonly #offers: LineOffers;
  readonly #running: Promise<void>;
  #wake: () => void = () => undefined;
  #isWoken = false;
  #file: OpenedFile | undefined;
  #checkpoint: Checkpoint | undefined;
  /** What stands behind the last line end. */
  #rest: Uint8Array = Buffer.alloc(0);
  #sizeSeen = -1;
  #grewAt = 0;
  /** What is wrong, said once; undefined while all is well. */
  #trouble: string | undefined;

  constructor({ id, type, file }: FollowedSensor, host: SourceHost, timers: Timers) {
    this.#id = id;
    this.#config = file;
    this.#host = host;
    this.#timers = timers;
    const readLine = createLineReader({ type, mapping: fileMapping(file, type), skip: file.skip });
    const { path, encoding } = file;
    this.#offers = new LineOffers({ sensor: id, path, encoding, readLine, host });
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    this.#wake();
    let cancel: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#timers.after(closeWithinMs, resolve);
    });
    await Promise.race([this.#running, late]);
    cancel();
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const hint = this.#watch();
    let isRead = false;
    while (!signal.aborted) {
      this.#isWoken = false;
      try {
        if (!isRead) this.#checkpoint = readCheckpoint(await this.#host.checkpoints.read(this.#id));
        isRead = true;
        await this.#look();
      } catch (error) {
        // Whatever the disk said, the file is opened anew: handles of network shares go stale.
        this.#complain('a file cannot be read; it is tried again', reasonOf(error));
        await this.#drop();
      }
      await this.#sleep();
    }
    hint?.close();
    await this.#drop();
  }

  /** Until the next look is due, or something moved. */
  async #sleep(): Promise<void> {
    if (this.#isWoken || this.#abort.signal.aborted) return;
    const nap = new AbortController();
    this.#wake = () => nap.abort();
    await pause(this.#timers, this.#config.every, nap.signal);
  }

  /** A hint only: network shares tell nothing, and some disks not everything. */
  #watch(): FSWatcher | undefined {
    const name = basename(this.#config.path);
    try {
      const watcher = watch(dirname(this.#config.path), { persistent: false }, (_event, changed) => {
        if (changed !== null && changed !== name) return;
        this.#isWoken = true;
        this.#wake();
      });
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return undefined;
    }
  }

  async #look(): Promise<void> {
    const file = await this.#locate();
    if (file === undefined) return;
    await this.#drain(file);
    if (this.#abort.signal.aborted) return;
    await this.#followOn(file);
  }

  /** The file that the checkpoint is in; what stands at the path where there is none; undefined where there is nothing. */
  async #locate(): Promise<OpenedFile | undefined> {
    const checkpoint = this.#checkpoint;
    if (this.#file !== undefined && checkpoint !== undefined && (await this.#file.isOf(checkpoint)))
      return this.#file;
    await this.#drop();
    const { path } = this.#config;
    const there = await OpenedFile.open(path);
    if (checkpoint !== undefined) {
      if (
        there !== undefined &&
        (await there.isOf(checkpoint)) &&
        (isTelling(checkpoint) || there.inode === checkpoint.inode)
      )
        return this.#take(there);
      const beside = await findBeside(path, checkpoint).catch(() => undefined);
      if (beside !== undefined) {
        await there?.close();
        return this.#take(beside);
      }
    }
    if (there === undefined) {
      this.#complain('a file is not there; it is waited for', {});
      return undefined;
    }
    if (checkpoint !== undefined && checkpoint.offset > 0)
      this.#host.say(
        'warn',
        { sensor: this.#id, path, line: checkpoint.line },
        'a file was begun anew, and the one before is gone: what was not read of it is missing',
      );
    await this.#begin(there, checkpoint);
    return this.#take(there);
  }

  #take(file: OpenedFile): OpenedFile {
    this.#file = file;
    this.#sizeSeen = -1;
    this.#grewAt = this.#timers.uptime();
    return file;
  }

  async #begin(file: OpenedFile, earlier: Checkpoint | undefined): Promise<void> {
    this.#host.count('files_begun_total', 1, this.#id);
    await this.#save(startOf(file.inode, earlier, this.#rest));
    this.#rest = Buffer.alloc(0);
  }

  /** Reads on to the end. */
  async #drain(file: OpenedFile): Promise<void> {
    const size = await file.size();
    if (size === this.#sizeSeen) return;
    this.#grewAt = this.#timers.uptime();
    let position = this.#checkpoint!.offset;
    let rest: Uint8Array = Buffer.alloc(0);
    while (!this.#abort.signal.aborted) {
      const chunk = await file.read(position, chunkBytes);
      if (chunk.length === 0) break;
      position += chunk.length;
      const bytes = Buffer.concat([rest, chunk]);
      const { lines, passOver } = cutLines(bytes, this.#config.maxLine, this.#checkpoint!.passedOver);
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
        signal: this.#abort.signal,
      });
      if (unkept > 0) return false;
      const offset = start + some.at(-1)!.end;
      await this.#save({ ...checkpoint, offset, before: await file.before(offset) });
    }
    return true;
  }

  /** Goes on to the next file where the one at the path is another by now, and this one is done with. */
  async #followOn(file: OpenedFile): Promise<void> {
    const { path, every } = this.#config;
    const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (stats === undefined) return this.#complain('a file is not there; it is waited for', {});
    this.#recover();
    if (String(stats.ino) === file.inode || stats.size === 0) return;
    const isQuiet = this.#timers.uptime() - this.#grewAt >= every;
    if (!isQuiet) return;
    const there = await OpenedFile.open(path);
    if (there === undefined) return;
    const checkpoint = this.#checkpoint!;
    if (isTelling(checkpoint) && (await there.isOf(checkpoint))) {
      // The same file under another number, as some network shares give them.
      await this.#drop();
      this.#take(there);
      return;
    }
    const between = await findNext(path, file);
    if (between !== undefined) await there.close();
    const next = between ?? there;
    await this.#drop();
    await this.#begin(next, checkpoint);
    this.#take(next);
    this.#isWoken = true;
  }

  async #save(checkpoint: Checkpoint): Promise<void> {
    this.#checkpoint = checkpoint;
    await this.#host.checkpoints.write(this.#id, writeCheckpoint(checkpoint));
  }

  async #drop(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    // What it says at its end changes nothing: it was only read.
    await file?.close().catch(() => undefined);
  }

  #complain(text: string, facts: Readonly<Record<string, string>>): void {
    if (this.#trouble !== undefined) return;
    this.#trouble = text;
    this.#host.say('warn', { sensor: this.#id, path: this.#config.path, ...facts }, text);
  }

  #recover(): void {
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#host.say('info', { sensor: this.#id, path: this.#config.path }, 'a file is there and read again');
  }
}
