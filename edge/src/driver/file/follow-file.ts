// Follows a file that a logger appends to, across rotation, restarts and power cuts.
import { stat } from 'node:fs/promises';
import type { SensorType } from '@wellhead/protocol';
import { realTimers, type Timers } from '../../clock/timers.ts';
import type { SensorDriver, SourceHost } from '../../reading/sensor-driver.ts';
import { reasonOf } from '../run/refusal.ts';
import { FileTrouble } from './file-trouble.ts';
import { LineOffers } from './line-offers.ts';
import { type FileConfig, fileMapping } from './mapping.ts';
import { NextLook } from './next-look.ts';
import { isTelling, OpenedFile } from './opened-file.ts';
import { createLineReader } from './read-line.ts';
import { ReadOn } from './read-on.ts';
import { findBeside, findNext } from './rotated-files.ts';

export interface FollowedSensor {
  readonly id: string;
  readonly type: SensorType;
  readonly file: FileConfig;
}

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
  readonly #readOn: ReadOn;
  readonly #nextLook: NextLook;
  readonly #trouble: FileTrouble;
  readonly #running: Promise<void>;
  #file: OpenedFile | undefined;

  constructor({ id, type, file }: FollowedSensor, host: SourceHost, timers: Timers) {
    this.#id = id;
    this.#config = file;
    this.#host = host;
    this.#timers = timers;
    const { path, encoding, maxLine, every } = file;
    const { signal } = this.#abort;
    const readLine = createLineReader({ type, mapping: fileMapping(file, type), skip: file.skip });
    const offers = new LineOffers({ sensor: id, path, encoding, readLine, host });
    this.#readOn = new ReadOn({ id, maxLine, offers, host, timers, signal });
    this.#nextLook = new NextLook({ path, everyMs: every, timers, signal });
    this.#trouble = new FileTrouble({ sensor: id, path }, host);
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    let cancel: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#timers.after(closeWithinMs, resolve);
    });
    await Promise.race([this.#running, late]);
    cancel();
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    this.#nextLook.open();
    let isRead = false;
    while (!signal.aborted) {
      this.#nextLook.begin();
      try {
        if (!isRead) await this.#readOn.recall();
        isRead = true;
        await this.#look();
      } catch (error) {
        // Whatever the disk said, the file is opened anew: handles of network shares go stale.
        this.#trouble.complain('a file cannot be read; it is tried again', reasonOf(error));
        await this.#drop();
      }
      await this.#nextLook.wait();
    }
    this.#nextLook.close();
    await this.#drop();
  }

  async #look(): Promise<void> {
    const file = await this.#locate();
    if (file === undefined) return;
    await this.#readOn.drain(file);
    if (this.#abort.signal.aborted) return;
    await this.#followOn(file);
  }

  /** The file that the checkpoint is in; what stands at the path where there is none; undefined where there is nothing. */
  async #locate(): Promise<OpenedFile | undefined> {
    const { checkpoint } = this.#readOn;
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
      this.#trouble.complain('a file is not there; it is waited for');
      return undefined;
    }
    if (checkpoint !== undefined && checkpoint.offset > 0)
      this.#host.say(
        'warn',
        { sensor: this.#id, path, line: checkpoint.line },
        'a file was begun anew, and the one before is gone: what was not read of it is missing',
      );
    await this.#readOn.begin(there);
    return this.#take(there);
  }

  #take(file: OpenedFile): OpenedFile {
    this.#file = file;
    this.#readOn.opened();
    return file;
  }

  /** Goes on to the next file where the one at the path is another by now, and this one is done with. */
  async #followOn(file: OpenedFile): Promise<void> {
    const { path, every } = this.#config;
    const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (stats === undefined) return this.#trouble.complain('a file is not there; it is waited for');
    this.#trouble.recover();
    if (String(stats.ino) === file.inode || stats.size === 0) return;
    if (!this.#readOn.isQuietFor(every)) return;
    const there = await OpenedFile.open(path);
    if (there === undefined) return;
    const checkpoint = this.#readOn.checkpoint!;
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
    await this.#readOn.begin(next);
    this.#take(next);
    this.#nextLook.hurry();
  }

  async #drop(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    // What it says at its end changes nothing: it was only read.
    await file?.close().catch(() => undefined);
  }
}
