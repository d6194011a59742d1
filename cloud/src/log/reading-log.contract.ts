// What every log must do, whatever it is built on. Called by each implementation with a factory.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consumption, LogEntry, LogStart, ReadingLog } from './reading-log.ts';

export interface LogUnderTest {
  readonly log: ReadingLog;
  /** Closes the log and opens it again on the same data, as a restart of the program does. */
  reopen(): Promise<ReadingLog>;
  /** Closes the log and removes its data. */
  remove(): Promise<void>;
}

export type LogFactory = () => Promise<LogUnderTest>;

export function batch(text: string | number): Uint8Array {
  return Buffer.from(`batch ${text}`);
}

export function texts(entries: readonly LogEntry[]): string[] {
  return entries.map((entry) => Buffer.from(entry.batch).toString());
}

function names(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `batch ${from + i}`);
}

/** A consumer that keeps what it is given; its handler fails while `failing` says so. */
export class Collector {
  readonly entries: LogEntry[] = [];
  readonly calls: string[][] = [];
  readonly errors: unknown[] = [];
  failing: (entries: readonly LogEntry[]) => boolean = () => false;
  onCall: () => void = () => undefined;

  async start(
    log: ReadingLog,
    name: string,
    options: { from?: LogStart; maxBytes?: number; lingerMs?: number } = {},
  ): Promise<Consumption> {
    return log.consume(name, (entries) => this.#handle(entries), {
      maxBytes: 1_000_000,
      lingerMs: 0,
      ...options,
      onError: (error) => this.errors.push(error),
    });
  }

  async #handle(entries: readonly LogEntry[]): Promise<void> {
    this.calls.push(texts(entries));
    this.onCall();
    if (this.failing(entries)) throw new Error('the handler cannot');
    this.entries.push(...entries);
  }
}

async function fill(log: ReadingLog, from: number, to: number): Promise<void> {
  await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => log.append(batch(from + i))));
}

async function lastStoredAt(log: ReadingLog): Promise<number> {
  const reader = new Collector();
  const consumption = await reader.start(log, 'clock');
  await consumption.caughtUp();
  await consumption.close();
  return reader.entries.at(-1)!.storedAt;
}

export function describeReadingLog(name: string, factory: LogFactory): void {
  describe(`${name} as a reading log`, () => {
    let current: LogUnderTest;
    let log: ReadingLog;
    beforeEach(async () => {
      current = await factory();
      log = current.log;
    });
    afterEach(() => current.remove());

    describe('appending', () => {
      it('keeps what it was given, byte for byte, over a restart', async () => {
        const all = Uint8Array.from({ length: 256 }, (_, i) => i);
        await log.append(all);
        await log.append(new Uint8Array());
        log = await current.reopen();
        const reader = new Collector();
        const consumption = await reader.start(log, 'reader');
        await consumption.caughtUp();
        expect(reader.entries.map((entry) => [...entry.batch])).toEqual([[...all], []]);
      });

      it('keeps a thousand appends at once in the order they were made', async () => {
        await fill(log, 1, 1_000);
        const reader = new Collector();
        const consumption = await reader.start(log, 'reader');
        await consumption.caughtUp();
        expect(texts(reader.entries)).toEqual(names(1, 1_000));
        const offsets = reader.entries.map(({ offset }) => offset);
        expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
      });

      it('says when an entry was made durable', async () => {
        const before = Date.now();
        await log.append(batch(1));
        const after = Date.now();
        const reader = new Collector();
        await (await reader.start(log, 'reader')).caughtUp();
        expect(reader.entries[0]!.storedAt).toBeGreaterThanOrEqual(before);
        expect(reader.entries[0]!.storedAt).toBeLessThanOrEqual(after);
      });

      it('names the next offset, and goes on counting after a restart', async () => {
        const empty = log.next;
        await fill(log, 1, 3);
        expect(log.next).toBeGreaterThan(empty);
        const { next } = log;
        log = await current.reopen();
        expect(log.next).toBe(next);
        await log.append(batch(4));
        expect(log.next).toBeGreaterThan(next);
      });
    });

    describe('consuming', () => {
      it('gives every consumer everything, in order, each at its own checkpoint', async () => {
        await fill(log, 1, 5);
        const early = new Collector();
        const first = await early.start(log, 'early');
        await first.caughtUp();
        await fill(log, 6, 9);
        const late = new Collector();
        const second = await late.start(log, 'late');
        await Promise.all([first.caughtUp(), second.caughtUp()]);
        expect(texts(early.entries)).toEqual(names(1, 9));
        expect(texts(late.entries)).toEqual(names(1, 9));
      });

      it('hands over what is appended while it consumes', async () => {
        const reader = new Collector();
        const consumption = await reader.start(log, 'reader');
        for (let i = 1; i <= 200; i++) {
          const appended = log.append(batch(i));
          if (i % 7 === 0) await appended;
        }
        await log.append(batch(201));
        await consumption.caughtUp();
        expect(texts(reader.entries)).toEqual(names(1, 201));
      });

      it('gathers up to about so many bytes, and at least one entry however large', async () => {
        await fill(log, 1, 50);
        const reader = new Collector();
        await (await reader.start(log, 'bytes', { maxBytes: 100 })).caughtUp();
        expect(reader.calls.length).toBeGreaterThanOrEqual(4);
        expect(reader.calls.flat()).toEqual(names(1, 50));
        const single = new Collector();
        await (await single.start(log, 'single', { maxBytes: 1 })).caughtUp();
        expect(single.calls).toEqual(names(1, 50).map((text) => [text]));
      });

      it('lets a trickle gather while it lingers', async () => {
        const reader = new Collector();
        const lingerMs = 100;
        const consumption = await reader.start(log, 'reader', { lingerMs });
        const begun = performance.now();
        for (let i = 1; i <= 10; i++) await log.append(batch(i));
        await consumption.caughtUp();
        expect(texts(reader.entries)).toEqual(names(1, 10));
        // However slow the disk: one call for each wait, and one that was under way at the start.
        expect(reader.calls.length).toBeLessThanOrEqual((performance.now() - begun) / lingerMs + 1);
      });

      it('goes on where it was when a consumer is closed and opened again', async () => {
        await fill(log, 1, 4);
        const before = new Collector();
        const first = await before.start(log, 'reader');
        await first.caughtUp();
        await first.close();
        await fill(log, 5, 7);
        expect(texts(before.entries)).toEqual(names(1, 4));
        const after = new Collector();
        await (await after.start(log, 'reader')).caughtUp();
        expect(texts(after.entries)).toEqual(names(5, 7));
      });

      it('goes on where it was after a restart', async () => {
        await fill(log, 1, 4);
        const before = new Collector();
        const first = await before.start(log, 'reader');
        await first.caughtUp();
        await first.close();
        log = await current.reopen();
        await fill(log, 5, 5);
        const after = new Collector();
        await (await after.start(log, 'reader')).caughtUp();
        expect(texts(after.entries)).toEqual(names(5, 5));
      });

      it('gives the same entries again when the handler failed, and skips none', async () => {
        const reader = new Collector();
        let failures = 0;
        reader.failing = () => ++failures <= 2;
        await fill(log, 1, 3);
        const consumption = await reader.start(log, 'reader');
        await consumption.caughtUp();
        expect(reader.errors).toHaveLength(2);
        expect(reader.calls[0]).toEqual(reader.calls[1]!.slice(0, reader.calls[0]!.length));
        expect(texts(reader.entries)).toEqual(names(1, 3));
      });

      it('gives what failed again after a restart', async () => {
        const reader = new Collector();
        reader.failing = () => true;
        const called = new Promise<void>((resolve) => {
          reader.onCall = resolve;
        });
        await fill(log, 1, 3);
        const consumption = await reader.start(log, 'reader');
        await called;
        await consumption.close();
        log = await current.reopen();
        const after = new Collector();
        await (await after.start(log, 'reader')).caughtUp();
        expect(texts(after.entries)).toEqual(names(1, 3));
      });

      it('does not let one consumer that fails hold up another', async () => {
        const bad = new Collector();
        bad.failing = () => true;
        await bad.start(log, 'bad');
        const good = new Collector();
        const consumption = await good.start(log, 'good');
        await fill(log, 1, 20);
        await consumption.caughtUp();
        expect(texts(good.entries)).toEqual(names(1, 20));
        expect(bad.entries).toEqual([]);
      });

      it('starts again from an old offset when it is asked to, and keeps that checkpoint', async () => {
        await fill(log, 1, 6);
        const first = new Collector();
        const consumption = await first.start(log, 'reader');
        await consumption.caughtUp();
        await consumption.close();
        const again = new Collector();
        const replay = await again.start(log, 'reader', { from: first.entries[2]!.offset });
        await replay.caughtUp();
        expect(texts(again.entries)).toEqual(names(3, 6));
        await replay.close();
        const after = new Collector();
        await (await after.start(log, 'reader')).caughtUp();
        expect(after.entries).toEqual([]);
      });

      it('starts again from the beginning when it is asked to', async () => {
        await fill(log, 1, 4);
        const consumption = await new Collector().start(log, 'reader');
        await consumption.caughtUp();
        await consumption.close();
        const again = new Collector();
        await (await again.start(log, 'reader', { from: 'beginning' })).caughtUp();
        expect(texts(again.entries)).toEqual(names(1, 4));
      });

      it('starts again from a time when it is asked to', async () => {
        await fill(log, 1, 5);
        const last = await lastStoredAt(log);
        while (Date.now() <= last) await new Promise((resolve) => setTimeout(resolve, 1));
        await fill(log, 6, 9);
        const again = new Collector();
        await (await again.start(log, 'reader', { from: { time: last + 1 } })).caughtUp();
        expect(texts(again.entries)).toEqual(names(6, 9));
        const future = new Collector();
        const waiting = await future.start(log, 'future', { from: { time: Date.now() + 3_600_000 } });
        await waiting.caughtUp();
        expect(future.entries).toEqual([]);
      });

      it('waits for new entries when it is asked to start beyond the end', async () => {
        await fill(log, 1, 2);
        const reader = new Collector();
        const consumption = await reader.start(log, 'reader', { from: log.next + 1_000 });
        await fill(log, 3, 4);
        await consumption.caughtUp();
        expect(texts(reader.entries)).toEqual(names(3, 4));
      });

      it('says that it has caught up only when the handler is done', async () => {
        let finish: () => void = () => undefined;
        const gate = new Promise<void>((resolve) => {
          finish = resolve;
        });
        let caughtUp = false;
        const consumption = await log.consume('slow', () => gate, {
          maxBytes: 1_000,
          lingerMs: 0,
          onError: () => undefined,
        });
        expect(await consumption.caughtUp()).toBeUndefined();
        await log.append(batch(1));
        const waiting = consumption.caughtUp().then(() => {
          caughtUp = true;
        });
        // Whatever the log has to say without the handler, it has said after another append.
        await log.append(batch(2));
        expect(caughtUp).toBe(false);
        finish();
        await waiting;
      });

      it('knows how many entries it has not handled', async () => {
        const reader = new Collector();
        reader.failing = () => true;
        const consumption = await reader.start(log, 'reader');
        expect(consumption.lag).toBe(0);
        await fill(log, 1, 12);
        expect(consumption.lag).toBe(12);
        reader.failing = () => false;
        await consumption.caughtUp();
        expect(consumption.lag).toBe(0);
      });
    });

    describe('closing', () => {
      it('waits for the handler under way, keeps its checkpoint, and may be asked twice', async () => {
        let done = false;
        let finish: () => void = () => undefined;
        const gate = new Promise<void>((resolve) => {
          finish = resolve;
        });
        await log.append(batch(1));
        const called = new Promise<void>((onCalled) => {
          void log
            .consume(
              'slow',
              async () => {
                onCalled();
                await gate;
                done = true;
              },
              { maxBytes: 1_000, lingerMs: 0, onError: () => undefined },
            )
            .then((started) => {
              consumption = started;
            });
        });
        let consumption: Consumption | undefined;
        await called;
        const closing = Promise.all([consumption!.close(), consumption!.close()]);
        finish();
        await closing;
        expect(done).toBe(true);
        const after = new Collector();
        await (await after.start(log, 'slow')).caughtUp();
        expect(after.entries).toEqual([]);
      });

      it('tells those who wait for a consumer that it was closed first', async () => {
        const reader = new Collector();
        reader.failing = () => true;
        const consumption = await reader.start(log, 'reader');
        await log.append(batch(1));
        const waiting = consumption.caughtUp();
        const told = expect(waiting).rejects.toThrow('closed');
        await consumption.close();
        await told;
      });

      it('settles appends under way, ends its consumers, and takes no more', async () => {
        const reader = new Collector();
        await reader.start(log, 'reader');
        const appends = Promise.all([log.append(batch(1)), log.append(batch(2))]);
        await Promise.all([log.close(), log.close()]);
        await appends;
        await expect(log.append(batch(3))).rejects.toMatchObject({ code: 'LOG_WRITE' });
        log = await current.reopen();
        const after = new Collector();
        await (await after.start(log, 'other')).caughtUp();
        expect(texts(after.entries)).toEqual(names(1, 2));
      });

      it('refuses a second run of a consumer that is running', async () => {
        await new Collector().start(log, 'reader');
        await expect(new Collector().start(log, 'reader')).rejects.toThrow(TypeError);
      });
    });
  });
}
