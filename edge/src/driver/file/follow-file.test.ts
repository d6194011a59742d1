// A followed file, on a real disk: every row once, whatever the logger and its rotation do.
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WellheadError } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sonde } from '../../parts.testing.ts';
import type { SensorDriver } from '../../reading/sensor-driver.ts';
import { TestHost } from '../driver-host.testing.ts';
import { fileSchema } from './config.ts';
import { followFile } from './follow-file.ts';

let folder: string;
let path: string;
let host: TestHost;
let driver: SensorDriver | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-follow-'));
  path = join(folder, 'log.csv');
  host = new TestHost();
});
afterEach(async () => {
  await driver?.close();
  driver = undefined;
  rmSync(folder, { recursive: true });
});

const start = Date.UTC(2026, 0, 31, 12);
const row = (i: number) =>
  `${new Date(start + i * 1_000).toISOString().slice(0, 19).replace('T', ',')},${i}.25,7\n`;
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => row(from + i)).join('');

function follow(more: object = {}): void {
  const config = { path, every: '100ms', columns: 'date,time,level,ph', ...more };
  driver = followFile({ id: 'f1', type: sonde, file: fileSchema.parse(config) }, host);
}
/** As a start after a kill: what was remembered is all there is. */
async function restart(more: object = {}): Promise<void> {
  await driver?.close();
  const before = host;
  host = new TestHost();
  for (const [sensor, checkpoint] of before.remembered) host.remembered.set(sensor, checkpoint);
  follow(more);
}
const levels = () => host.of('f1').map(({ values }) => values[0]);
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i + 0.25);
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });
const haveCome = (from: number, to: number) => eventually(() => expect(levels()).toEqual(numbers(from, to)));

it('reads what is there and what comes, with the times of the file', async () => {
  writeFileSync(path, rows(0, 3));
  follow();
  await haveCome(0, 3);
  appendFileSync(path, rows(3, 5));
  await haveCome(0, 5);
  expect(host.of('f1')[4]).toEqual({ sensor: 'f1', measuredAt: start + 4_000, values: [4.25, 7] });
  expect(host.counted('files_begun_total', 'f1')).toBe(1);
});

it('waits for a file that is not there, and says so once', async () => {
  follow();
  await eventually(() => expect(host.said).toHaveLength(1));
  expect(host.said[0]).toContain('a file is not there');
  writeFileSync(path, row(0));
  await haveCome(0, 1);
  await eventually(() => expect(host.said).toHaveLength(2));
  expect(host.said[1]).toContain('a file is there and read again');
});

it('waits for the end of a line, wherever it was cut', async () => {
  const text = rows(0, 3);
  writeFileSync(path, '');
  follow();
  for (const character of text) {
    appendFileSync(path, character);
    if (character === '.') await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await haveCome(0, 3);
  expect(host.refused).toEqual([]);
});

it('reads a large file in pieces, in order', async () => {
  writeFileSync(path, rows(0, 20_000));
  follow();
  await haveCome(0, 20_000);
});

describe('a restart', () => {
  it('goes on where it was, also within a line', async () => {
    writeFileSync(path, `${rows(0, 3)}${row(3).slice(0, 9)}`);
    follow();
    await haveCome(0, 3);
    await restart();
    appendFileSync(path, row(3).slice(9));
    await haveCome(3, 4);
  });

  it('finds the file that was renamed meanwhile, and reads its end before the new one', async () => {
    writeFileSync(path, rows(0, 3));
    follow();
    await haveCome(0, 3);
    await driver!.close();
    appendFileSync(path, rows(3, 5));
    renameSync(path, join(folder, 'log.csv.1'));
    writeFileSync(path, rows(5, 7));
    await restart();
    await haveCome(3, 7);
  });

  it('reads every file that was begun meanwhile, in their order, and no stranger nor copy', async () => {
    writeFileSync(path, rows(0, 3));
    follow();
    await haveCome(0, 3);
    await driver!.close();
    copyFileSync(path, `${path}.bak`);
    appendFileSync(path, rows(3, 5));
    renameSync(path, `${path}.3`);
    for (const [file, from, to] of [
      [`${path}.2`, 5, 7],
      [join(folder, 'log-20260131.csv'), 7, 8],
      [join(folder, 'log_2.csv'), 100, 101],
      [path, 8, 10],
    ] as const) {
      // Files of one rotation after another have times of their own.
      await new Promise((resolve) => setTimeout(resolve, 20));
      writeFileSync(file, rows(from, to));
    }
    await restart();
    await haveCome(3, 10);
  });

  it('finds the copy of the file that was cut meanwhile', async () => {
    writeFileSync(path, rows(0, 3));
    follow();
    await haveCome(0, 3);
    await driver!.close();
    appendFileSync(path, rows(3, 5));
    copyFileSync(path, join(folder, 'log-20260131.csv'));
    truncateSync(path);
    appendFileSync(path, rows(5, 6));
    await restart();
    await haveCome(3, 6);
  });

  it('says when the file before is gone', async () => {
    writeFileSync(path, rows(0, 3));
    follow();
    await haveCome(0, 3);
    await driver!.close();
    writeFileSync(path, row(9));
    await restart();
    await haveCome(9, 10);
    expect(host.said.join()).toContain('the one before is gone');
  });

  it('offers again what was not durable, and nothing else', async () => {
    let taken = 0;
    host.gate = () =>
      ++taken > 300 ? Promise.reject(new WellheadError('JOURNAL_WRITE', 'full')) : Promise.resolve();
    writeFileSync(path, rows(0, 600));
    follow();
    await eventually(() => expect(host.said.join()).toContain('cannot be kept'));
    const kept = new Set(levels());
    await restart();
    await eventually(() => expect(new Set([...kept, ...levels()]).size).toBe(600));
    // What was kept and comes again is known by the journal, which remembers far more than this.
    expect(levels().filter((level) => kept.has(level!)).length).toBeLessThanOrEqual(256);
  });
});

describe('rotation', () => {
  it('by renaming loses nothing of the old file and nothing of the new one', async () => {
    writeFileSync(path, rows(0, 3));
    follow();
    await haveCome(0, 3);
    renameSync(path, join(folder, 'log.csv.1'));
    // The logger still has the old one open for a moment.
    appendFileSync(join(folder, 'log.csv.1'), rows(3, 5));
    writeFileSync(path, rows(5, 8));
    await haveCome(0, 8);
    appendFileSync(path, row(8));
    await haveCome(0, 9);
    expect(host.counted('files_begun_total', 'f1')).toBe(2);
  });

  it('and removing of the old file at once loses nothing that was read', async () => {
    writeFileSync(path, rows(0, 3));
    follow();
    await haveCome(0, 3);
    unlinkSync(path);
    writeFileSync(path, rows(3, 5));
    await haveCome(0, 5);
  });

  it('by copying and cutting finds in the copy what it had not read', async () => {
    writeFileSync(path, rows(0, 3));
    follow();
    await haveCome(0, 3);
    appendFileSync(path, rows(3, 5));
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, rows(5, 6));
    await haveCome(0, 6);
  });

  it('in the middle of a line puts the halves together', async () => {
    const text = row(3);
    writeFileSync(path, rows(0, 3) + text.slice(0, 15));
    follow();
    await haveCome(0, 3);
    renameSync(path, `${path}.1`);
    writeFileSync(path, text.slice(15) + row(4));
    await haveCome(0, 5);
    expect(host.refused).toEqual([]);
  });

  it('that cut a line for good keeps it as a dead letter', async () => {
    writeFileSync(path, rows(0, 3) + row(3).slice(0, -5));
    follow();
    await haveCome(0, 3);
    renameSync(path, `${path}.1`);
    writeFileSync(path, rows(4, 6));
    await eventually(() => expect(levels()).toEqual([0.25, 1.25, 2.25, 4.25, 5.25]));
    expect(host.refused).toMatchObject([{ reason: 'bad-frame', detail: expect.stringContaining('cut off') }]);
  });
});

describe('a truncated file', () => {
  it('is read from its start', async () => {
    writeFileSync(path, rows(0, 5));
    follow();
    await haveCome(0, 5);
    truncateSync(path);
    appendFileSync(path, row(5));
    await haveCome(0, 6);
  });

  it('is noticed although it grew beyond what it was', async () => {
    writeFileSync(path, rows(0, 2));
    follow({ every: '1m' });
    await haveCome(0, 2);
    await driver!.close();
    writeFileSync(path, rows(2, 9));
    await restart();
    await haveCome(2, 9);
  });
});

describe('a bad line', () => {
  it('is a dead letter with its number and the reason, and the next ones are read', async () => {
    writeFileSync(
      path,
      `${row(0)}2026-02-30,12:00:00,1,7\nnoise\n\n"open,1,2,3\n${row(1)}2026-01-31,12:00:09,(na),7\n`,
    );
    follow();
    await eventually(() => expect(levels()).toEqual([0.25, 1.25, '(na)']));
    expect(host.refused).toEqual([
      expect.objectContaining({
        source: 'f1',
        reason: 'bad-time',
        detail: `${path}, line 2: the time is "2026-02-30 12:00:00"`,
        payload: Uint8Array.from(Buffer.from('2026-02-30,12:00:00,1,7')),
      }),
      expect.objectContaining({ reason: 'bad-frame', detail: expect.stringContaining('line 3: 1 cells') }),
      expect.objectContaining({ detail: expect.stringContaining('line 5: a quote is not closed') }),
    ]);
  });

  it('that never ends is passed over in constant memory, and told of at its end', async () => {
    writeFileSync(path, row(0) + 'x'.repeat(300_000));
    follow({ maxLine: '1kB' });
    await haveCome(0, 1);
    appendFileSync(path, `${'y'.repeat(300_000)}\n${row(1)}`);
    await haveCome(0, 2);
    expect(host.refused).toHaveLength(1);
    expect(host.refused[0]!.detail).toContain('line 2: 600000 bytes are too many');
  });

  it('after a hundred others is counted only', async () => {
    writeFileSync(path, `${row(0)}${'noise\n'.repeat(150)}${row(1)}`);
    follow();
    await haveCome(0, 2);
    expect(host.refused).toHaveLength(100);
    expect(host.counted('lines_dropped_total', 'f1')).toBe(50);
  });

  it('of zeros, as a power cut leaves them, does not spoil the row behind it', async () => {
    writeFileSync(path, `${row(0)}${'\0'.repeat(500)}${row(1)}`);
    follow();
    await haveCome(0, 2);
  });
});

it('a disk that cannot be read is said once and tried again', async () => {
  path = folder;
  follow();
  await eventually(() => expect(host.said.join()).toContain('is no file'));
  expect(host.said).toHaveLength(1);
});

it.each([
  [
    'a heading',
    'Time;Stage;pH\n;m;\n31.01.2026 13:00;1,5;7,2\n',
    {
      columns: undefined,
      time: 'Time',
      values: { level: 'Stage', ph: 'pH' },
      delimiter: ';',
      decimal: ',',
      timeFormat: 'DD.MM.YYYY HH:mm',
      zone: '+01:00',
    },
  ],
  [
    'lines before it',
    '"TOA5","X",17\n"time","level","ph"\n"TS","m",""\n"2026-01-31 12:00:00",1.5,7.2\n',
    {
      columns: undefined,
      skip: 1,
    },
  ],
  [
    'a mark of the byte order, and line ends of two',
    '\uFEFF2026-01-31T12:00:00Z,-,1.5,7.2,\r\n',
    {
      columns: ['time', '-', 'level', 'ph'],
    },
  ],
  [
    'its heading again',
    'when,level,ph\n2026-01-31T12:00Z,1.5,7.2\nwhen,level,ph\n',
    { columns: undefined, time: 'when' },
  ],
])('reads a file with %s', async (_what, text, more) => {
  writeFileSync(path, text);
  follow(more);
  await eventually(() =>
    expect(host.of('f1')).toEqual([{ sensor: 'f1', measuredAt: start, values: [1.5, 7.2] }]),
  );
  expect(host.refused).toEqual([]);
});

it('reads Latin-1', async () => {
  writeFileSync(path, Buffer.from('Zeit,Höhe,ph\n2026-01-31,1.5,7.2\n', 'latin1'));
  follow({ columns: undefined, time: 'Zeit', values: { level: 'Höhe', ph: 'ph' }, encoding: 'latin1' });
  await eventually(() => expect(host.of('f1')).toHaveLength(1));
});
