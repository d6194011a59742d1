import type { KeyValueDb } from '@wellhead/host';
import {
  causes,
  clockStates,
  decodeBlock,
  flags,
  hourMs,
  type Row,
  rowsOf,
  WellheadError,
} from '@wellhead/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { type GatewayMeters, openGatewayMeters } from '../health/meters.ts';
import { openDeadLetters } from '../journal/dead-letters.ts';
import type { Journal } from '../journal/journal.ts';
import { memory, openTestJournal, sonde } from '../parts.testing.ts';
import type { Intake } from '../reading/intake-port.ts';
import { openIntake } from './intake.ts';

const start = Date.UTC(2026, 0, 31);

let db: KeyValueDb;
let journal: Journal;
let meters: GatewayMeters;
let intake: Intake;
let time: number;
let isFull: boolean;
beforeEach(async () => {
  db = memory();
  time = start + 24 * hourMs;
  isFull = false;
  await restart();
});

async function restart(): Promise<void> {
  await journal?.close().catch(() => undefined);
  journal = await openTestJournal(db);
  meters = openGatewayMeters();
  const deadLetters = await openDeadLetters({ db, limit: 5, onDropped: () => undefined });
  intake = await openIntake({
    sensors: [{ id: 'b1', type: sonde, quality: { level: { instrumentRange: [0, 100] } } }],
    journal,
    deadLetters,
    now: () => time,
    clockState: () => clockStates.synchronised,
    isFull: () => isFull,
    count: meters.add,
  });
}

const accept = (hours: number, level: number, ph?: number) =>
  intake.accept({ sensor: 'b1', measuredAt: start + hours * hourMs, values: [level, ph] });

async function rows(): Promise<Row[]> {
  const { blocks } = await journal.read('b1', 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return blocks.flatMap(({ bytes }) => rowsOf(decodeBlock(bytes)));
}

const levels = async () => (await rows()).map(({ values }) => values[0]);

/** Lets the next writes of the database fail. */
function failWrites(times: number): void {
  const batch = db.batch.bind(db) as (...args: unknown[]) => Promise<void>;
  let left = times;
  (db as unknown as { batch: unknown }).batch = (...args: unknown[]) =>
    left-- > 0 ? Promise.reject(new Error('no space left on device')) : batch(...args);
}

describe('a reading', () => {
  it('is durable when its promise resolves, judged, with both times and the clock', async () => {
    await accept(1, 250, 7);
    expect(await rows()).toEqual([
      {
        seq: 1,
        revision: 0,
        measuredAt: start + hourMs,
        receivedAt: time,
        clock: clockStates.synchronised,
        timeFlag: flags.good,
        timeCause: 0,
        values: [250, 7],
        flags: [flags.bad, flags.good],
        causes: [causes['instrument-range'], 0],
      },
    ]);
    expect(meters.value('readings_accepted_total')).toBe(1);
  });

  it('was measured when it came if the sensor does not say when', async () => {
    await intake.accept({ sensor: 'b1', values: [1, undefined] });
    expect(await rows()).toMatchObject([{ measuredAt: time, receivedAt: time }]);
  });

  it('is not resolved before the write is synced', async () => {
    const order: string[] = [];
    const batch = db.batch.bind(db) as (...args: unknown[]) => Promise<void>;
    (db as unknown as { batch: unknown }).batch = async (...args: unknown[]) => {
      await batch(...args);
      order.push(`written with sync ${(args[1] as { sync: boolean }).sync}`);
    };
    await accept(1, 5);
    order.push('resolved');
    expect(order).toEqual(['written with sync true', 'resolved']);
  });
});

describe('a reading that comes again', () => {
  it('is kept once', async () => {
    await accept(1, 5, 7);
    await accept(2, 6, 7);
    await accept(1, 5, 7);
    await accept(2, 6, 7);
    expect(await levels()).toEqual([5, 6]);
    expect(meters.value('readings_repeated_total')).toBe(2);
    expect(meters.value('readings_accepted_total')).toBe(2);
  });

  it('while the first is on its way waits for it', async () => {
    const first = accept(1, 5);
    const second = accept(1, 5);
    let firstDone = false;
    void first.then(() => {
      firstDone = true;
    });
    await second;
    expect(firstDone).toBe(true);
    expect(await levels()).toEqual([5]);
  });

  it('after a restart is known from the journal', async () => {
    for (let i = 1; i <= 30; i++) await accept(i, i);
    await restart();
    for (let i = 1; i <= 30; i++) await accept(i, i);
    await accept(31, 31);
    expect(await levels()).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
    expect(meters.value('readings_repeated_total')).toBe(30);
  });

  it('with other values at the same time is another, and says that the time is used twice', async () => {
    await accept(1, 5);
    await accept(1, 6);
    expect(await rows()).toMatchObject([
      { values: [5, undefined], timeFlag: flags.good },
      { values: [6, undefined], timeFlag: flags.suspect, timeCause: causes['duplicate-time'] },
    ]);
  });

  it('is known too when another came at the same time between', async () => {
    await accept(1, 5);
    await accept(1, 6);
    await accept(1, 5);
    await accept(1, 6);
    expect(await levels()).toEqual([5, 6]);
  });

  it('is not mistaken for one that differs in what it leaves out', async () => {
    const values = [
      [0, undefined],
      [undefined, 0],
      [0, null],
      ['0', undefined],
      [false, undefined],
      ['', undefined],
      [-0, undefined],
      ['0', ''],
      ['', '0'],
    ] as const;
    for (const [level, ph] of values)
      await intake.accept({ sensor: 'b1', measuredAt: start, values: [level, ph] });
    expect(await rows()).toHaveLength(values.length);
    expect(meters.value('readings_repeated_total')).toBe(0);
  });

  it('is no repeat when the sensor does not say when it measured', async () => {
    await intake.accept({ sensor: 'b1', values: [1, undefined] });
    await intake.accept({ sensor: 'b1', values: [1, undefined] });
    expect(await levels()).toEqual([1, 1]);
  });
});

describe('when the disk fails', () => {
  it('a reading is refused, not remembered, and kept when it comes again', async () => {
    failWrites(1);
    await expect(accept(1, 5)).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
    await accept(1, 5);
    expect(await levels()).toEqual([5]);
    expect(meters.value('readings_repeated_total')).toBe(0);
  });

  it('a repeat of a reading under way is refused with it', async () => {
    failWrites(1);
    const [first, second] = await Promise.allSettled([accept(1, 5), accept(1, 5)]);
    expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
  });

  it('a reading that comes again is not blamed for repeating the time of its own first attempt', async () => {
    failWrites(1);
    await Promise.allSettled([accept(1, 5), accept(2, 6)]);
    await accept(1, 5);
    await accept(2, 6);
    expect(await rows()).toMatchObject([
      { seq: 1, timeFlag: flags.good, timeCause: 0 },
      { seq: 2, timeFlag: flags.good, timeCause: 0 },
    ]);
  });
});

describe('when the room is used up', () => {
  it('new readings are refused with what to do, and taken again when there is room', async () => {
    await accept(1, 5);
    isFull = true;
    const refusal = await accept(2, 6).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WellheadError);
    expect(refusal).toMatchObject({ code: 'JOURNAL_WRITE', hint: expect.stringContaining('journal.budget') });
    await accept(1, 5);
    isFull = false;
    await accept(2, 6);
    expect(await rows()).toMatchObject([
      { values: [5, undefined] },
      { values: [6, undefined], timeFlag: flags.good },
    ]);
  });
});

describe('what is no reading', () => {
  it('is kept as a dead letter and counted by its reason', async () => {
    await intake.refuse({
      source: 'sensors/b9',
      reason: 'unknown-sensor',
      detail: 'why',
      payload: Buffer.from('x'),
    });
    const letters = await db.values({ gte: 'x!', lt: 'x"' }).all();
    expect(JSON.parse(Buffer.from(letters[0]!).toString())).toMatchObject({
      at: new Date(time).toISOString(),
      source: 'sensors/b9',
      reason: 'unknown-sensor',
    });
    expect(await meters.text()).toContain('dead_letters_total{reason="unknown-sensor"} 1');
  });

  it('is not acknowledged when it cannot be kept', async () => {
    failWrites(1);
    await expect(
      intake.refuse({ source: 's', reason: 'bad-json', detail: 'why', payload: Buffer.from('x') }),
    ).rejects.toThrow('no space');
  });
});
