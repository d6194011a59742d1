// What the intake knows after a restart: read back from the newest readings of the journal.
import type { KeyValueDb } from '@wellhead/host';
import {
  causes,
  clockStates,
  decodeBlock,
  flags,
  hourMs,
  parseSensorType,
  type Row,
  rowsOf,
  type SensorType,
} from '@wellhead/protocol';
import { beforeEach, expect, it } from 'vitest';
import { openGatewayMeters } from '../health/meters.ts';
import { openDeadLetters } from '../journal/dead-letters.ts';
import type { Journal } from '../journal/journal.ts';
import { memory, openTestJournal, sonde } from '../parts.testing.ts';
import type { Intake } from '../reading/intake-port.ts';
import { openIntake } from './intake.ts';

const start = Date.UTC(2026, 0, 31);

let db: KeyValueDb;
let journal: Journal;
let intake: Intake;
let time: number;
let isSynchronised: boolean;
beforeEach(async () => {
  db = memory();
  time = start + 10_000 * hourMs;
  isSynchronised = true;
  await restart();
});

async function restart(type: SensorType = sonde, quality?: { level: object }): Promise<void> {
  await journal?.close();
  journal = await openTestJournal(db);
  const deadLetters = await openDeadLetters({ db, limit: 5, onDropped: () => undefined });
  intake = await openIntake({
    sensors: ['b1', 'b2'].map((id) => ({ id, type, quality })),
    journal,
    deadLetters,
    now: () => time,
    isFull: () => false,
    count: openGatewayMeters().add,
    clockState: () => (isSynchronised ? clockStates.synchronised : clockStates.unsynchronised),
  });
}

const accept = (hours: number, values: (number | undefined)[], sensor = 'b1') =>
  intake.accept({ sensor, measuredAt: start + hours * hourMs, values });

async function blocks(sensor = 'b1') {
  const { blocks } = await journal.read(sensor, 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return blocks.map(({ bytes }) => decodeBlock(bytes));
}

const last = async (): Promise<Row> => (await blocks()).flatMap((block) => rowsOf(block)).at(-1)!;

it('the newest time, so that one used twice is still seen, and a gap is still one', async () => {
  await accept(1, [5, 7]);
  await restart();
  await accept(1, [6, 7]);
  expect(await last()).toMatchObject({ timeFlag: flags.suspect, timeCause: causes['duplicate-time'] });
  await accept(100, [6, 7]);
  expect(await last()).toMatchObject({ timeFlag: flags.good, timeCause: causes.gap });
});

it('the values before, so that a jump is still one', async () => {
  const limits = { level: { rateOfChange: { suspect: 1, bad: 5 } } };
  await restart(sonde, limits);
  await accept(1, [5, 7]);
  await restart(sonde, limits);
  await accept(2, [50, 7]);
  expect((await last()).flags).toEqual([flags.bad, flags.good]);
});

it('each sensor’s own readings, not another’s', async () => {
  await accept(1, [5, 7]);
  await restart();
  await accept(1, [5, 7], 'b2');
  expect(await blocks('b2')).toMatchObject([{ count: 1, timeFlags: Uint8Array.of(flags.good) }]);
  await accept(1, [5, 7]);
  expect(await blocks('b1')).toHaveLength(1);
});

it('readings of a type that had fewer properties are passed over, and new ones are kept beside them', async () => {
  await accept(1, [5, 7]);
  await accept(2, [5, 7]);
  const wider = parseSensorType(
    `
type: sonde
title: Sonde
version: 2
interval: 1h
properties:
  - { name: level, title: Level, unit: m }
  - { name: ph, title: pH, unit: "" }
  - { name: sec, title: SEC, unit: µS/cm }
`,
    'sonde.yaml',
  );
  await restart(wider);
  await accept(2, [5, 7, 900]);
  const [, , third] = await blocks();
  expect(third).toMatchObject({ rules: 'sonde@2', properties: ['level', 'ph', 'sec'], count: 1 });
  // Of the old readings nothing is known, not even their time.
  expect(await last()).toMatchObject({ seq: 3, timeFlag: flags.good, values: [5, 7, 900] });
  await restart(wider);
  await accept(2, [5, 7, 900]);
  expect(await blocks()).toHaveLength(3);
});

it('two thousand and forty-eight readings are known again, and not one before them', async () => {
  const all = Array.from({ length: 2_049 }, (_, i) => i);
  await Promise.all(all.map((i) => accept(i, [i, 7])));
  await restart();
  await accept(1, [1, 7]);
  expect(journal.sensor('b1')?.last).toBe(2_049);
  await accept(0, [0, 7]);
  expect(journal.sensor('b1')?.last).toBe(2_050);
});

it('what a reading is made of: its type, the rules that judged it, and how far the clock could be trusted', async () => {
  await accept(1, [5, 7]);
  isSynchronised = false;
  await accept(2, [5, 7]);
  expect(await blocks()).toMatchObject([
    {
      sensor: 'b1',
      type: 'sonde',
      rules: 'sonde@1',
      properties: ['level', 'ph'],
      clocks: Uint8Array.of(clockStates.synchronised),
    },
    { clocks: Uint8Array.of(clockStates.unsynchronised) },
  ]);
});
