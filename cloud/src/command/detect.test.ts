// The command as a user starts it: the built program, real files, what it prints and how it ends.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'wellhead-detect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Three weeks of hours with a spike up, one down, an hour missing. */
const file = join(folder, 'level.csv');
beforeAll(() => {
  const rows = Array.from({ length: 504 }, (_, i) => {
    const change = i === 100 || i === 101 ? 9 : i === 200 ? -9 : 0;
    const value = 20 + 2 * Math.sin((2 * Math.PI * i) / 24) + ((i * 37) % 97) / 100 + change;
    const time = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString();
    return `${time},${i === 300 ? '(na)' : value.toFixed(3)}`;
  });
  writeFileSync(file, `time,level (m)\r\n${rows.join('\r\n')}\r\n`);
});

it('gives JSON with rows from 0, times, exact expected values, and events', () => {
  const { status, stdout } = run(
    'detect',
    file,
    '--column',
    'level (m)',
    '--time',
    'time',
    '--direction',
    'both',
    '--max-anoms',
    '0.05',
    '--json',
  );
  expect(status).toBe(0);
  const { n, period, anomalies, events } = JSON.parse(stdout);
  expect([n, period]).toEqual([504, 24]);
  expect(anomalies.map(({ index }: { index: number }) => index)).toEqual([100, 101, 200]);
  expect(anomalies[0].time).toBe('2026-01-05T04:00:00.000Z');
  expect(Math.abs(anomalies[0].value - anomalies[0].expected)).toBeGreaterThan(8);
  expect(anomalies[0].expected % 1).not.toBe(0);
  expect(events).toMatchObject([
    { start: 100, end: 101, count: 2 },
    { start: 200, end: 200, peak: 200, count: 1 },
  ]);
});

it('with --e-value expected values are cut as published; without times there is none', () => {
  const { stdout } = run('detect', file, '--column', '2', '--period', '24', '--e-value', '--json');
  const { anomalies } = JSON.parse(stdout);
  expect(anomalies[0].time).toBeNull();
  expect(anomalies[0].expected % 1).toBe(0);
});

it('tells a person what was found, where, and what to do next; and draws it', () => {
  const svg = join(folder, 'level.svg');
  const { status, stdout } = run(
    'detect',
    file,
    '--column',
    '2',
    '--time',
    '1',
    '--direction',
    'both',
    '--max-anoms',
    '0.05',
    '--plot',
    svg,
  );
  expect(status).toBe(0);
  expect(stdout).toContain('level.csv, level (m): 504 values, 1 of them missing.');
  expect(stdout).toContain('Cycle of 24 values (one day).\n3 anomalies in 2 events.');
  expect(stdout).toMatch(/2026-01-05T04:00:00Z {2}2026-01-05T05:00:00Z {2}2 /);
  expect(stdout).toContain('Next:');
  expect(readFileSync(svg, 'utf8').match(/<circle /g)).toHaveLength(3);
});

it('finds the cycle by itself, and tells only of the last one', () => {
  const { stdout } = run('detect', file, '--column', '2', '--only-last');
  expect(stdout).toContain('Cycle of 24 values (the strongest cycle found).\nNo anomalies.');
});

it.each([
  ['a file that is not there', ['nowhere.csv', '--column', '1'], 'nowhere.csv cannot be read'],
  ['a folder', [folder, '--column', '1'], 'is a folder. Name one CSV file in it.'],
  ['codes with a space', ['--missing', '0', '99999', file, '--column', '2'], '--missing 0,99999'],
  ['two files', [file, file, '--column', '2'], 'One file is looked at'],
  ['no such column', [file, '--column', 'ph'], 'The columns are: 1 time, 2 level (m).'],
  ['a column of words', [file, '--column', '1'], 'which is no number'],
  ['a column that is no time', [file, '--column', '2', '--time', '2'], 'which is no time'],
  ['no column', [file], '--column'],
  ['a level that is none', [file, '--column', '2', '--alpha', '5'], 'between 0 and 1'],
  ['too large a share', [file, '--column', '2', '--max-anoms', '0.6'], 'up to 0.49'],
  ['too long a period', [file, '--column', '2', '--period', '300'], 'More than two cycles are needed'],
  ['a last day without times', [file, '--column', '2', '--only-last', 'day'], 'add --time'],
  ['a detector that is none', [file, '--column', '2', '--detector', 'magic'], 'shesd'],
  [
    'a plot in no folder',
    [file, '--column', '2', '--plot', join(folder, 'no/such.svg')],
    'cannot be written',
  ],
])('ends with 2 and says what is wrong: %s', (_, args, message) => {
  const { status, stdout, stderr } = run('detect', ...args);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect([status, stdout]).toEqual([2, '']);
});

it('names times that do not ascend, with the row', () => {
  const mixed = join(folder, 'mixed.csv');
  const [head, ...rows] = readFileSync(file, 'utf8').split('\r\n');
  writeFileSync(mixed, [head, ...rows.slice(200, 400), ...rows.slice(0, 200)].join('\n'));
  const { status, stderr } = run('detect', mixed, '--column', '2', '--time', '1');
  expect(status).toBe(2);
  expect(stderr).toContain('The times do not ascend: data row 201 is at 2026-01-01T00:00:00.000Z');
});

it('takes codes for missing values with commas, and more than once, before the file or after it', () => {
  const coded = join(folder, 'coded.csv');
  writeFileSync(
    coded,
    readFileSync(file, 'utf8')
      .replace('(na)', '99999')
      .replace(/20\.\d+/, '-1'),
  );
  for (const missing of [
    ['--missing', '-1,99999'],
    ['--missing=-1', '--missing', '99999'],
  ]) {
    const { stdout } = run('detect', ...missing, coded, '--column', '2', '--time', '1');
    expect(stdout).toContain('504 values, 2 of them missing');
  }
});

it('says where analyse finds no data yet, and how to name another place', () => {
  const config = join(folder, 'cloud.yaml');
  writeFileSync(config, `data: ${join(folder, 'nowhere')}\n`);
  const { status, stderr } = run('--config', config, 'analyse', '--dry-run');
  expect(status).toBe(1);
  expect(stderr).toContain(`no data at ${join(folder, 'nowhere')} yet`);
  expect(stderr).toContain('--config FILE');
});

it('teaches with examples', () => {
  const { status, stdout } = run('detect', '--help');
  expect(status).toBe(0);
  expect(stdout.match(/wellhead-cloud detect \S+\.csv/g)!.length).toBeGreaterThanOrEqual(4);
});

it('leaves the program without a subcommand as it was', () => {
  const { status, stdout } = run('--check');
  expect(stdout).toContain('the default configuration is good');
  expect(status).toBe(0);
  expect(run('--config', join(folder, 'none.yaml'), '--check').status).toBe(2);
  expect(run('nonsense').status).toBe(1);
});

const bgs = join(import.meta.dirname, '../../../../shared/data/bgs/emb3/61402.2017.02.csv');

describe.skipIf(!existsSync(bgs))('a logger’s file (skipped where ../shared/data is not there)', () => {
  it('without a header, with date and clock in two columns', () => {
    const { stdout } = run(
      'detect',
      bgs,
      '--column',
      '5',
      '--time',
      '1+2',
      '--direction',
      'both',
      '--max-anoms',
      '0.2',
      '--json',
    );
    const { n, anomalies } = JSON.parse(stdout);
    expect([n, anomalies.length, anomalies[0].time]).toEqual([672, 25, '2017-02-08T15:00:00.000Z']);
  });
});

describe('the detector beside S-H-ESD', () => {
  /** Eighty days of hours: zeros for five hours, 1.5 m lower for half a day. */
  const story = join(folder, 'story.csv');
  beforeAll(() => {
    const rows = Array.from({ length: 1_920 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString();
      const value = 20 + 0.3 * Math.sin((2 * Math.PI * i) / 24) + ((i * 37) % 97) / 2_000;
      const said = i >= 1_000 && i < 1_005 ? 0 : i >= 1_500 && i < 1_512 ? value - 1.5 : value;
      return `${time},${said.toFixed(3)}`;
    });
    writeFileSync(story, `time,level\n${rows.join('\n')}\n`);
  });
  const wellhead = ['--column', 'level', '--time', 'time', '--detector', 'wellhead'];

  it('tells faults from what the water did, each once, by rows', () => {
    const { status, stdout } = run('detect', story, ...wellhead, '--json');
    expect(status).toBe(0);
    const { n, anomalies, events } = JSON.parse(stdout);
    expect(n).toBe(1_920);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ start: 1_000, end: 1_004, kind: 'fault', cause: 'dropout', count: 5 });
    expect(events[1]).toMatchObject({ start: 1_500, kind: 'process', open: false });
    expect(events[1].decided).toBeLessThanOrEqual(1_503);
    expect(events[1].evidence[0].text).toMatch(/18\.\d+ where 2\d\.\d+ was expected/);
    expect(anomalies[0]).toMatchObject({ index: 1_000, value: 0, kind: 'fault' });
  });

  it('says so in words and draws it', () => {
    const plot = join(folder, 'story.svg');
    const { stdout } = run('detect', story, ...wellhead, '--plot', plot);
    expect(stdout).toContain('1 process event, 1 fault.');
    expect(stdout).toContain('Fault: dropout, 2026-02-11T16:00Z, to 2026-02-11T20:00Z, 5 values');
    expect(readFileSync(plot, 'utf8')).toContain('<title>fault: dropout.');
  });

  it('with a sensor type the quality tests come first; a property that is not there is named', () => {
    const typed = [...wellhead, '--type', 'groundwater', '--property'];
    const { events } = JSON.parse(run('detect', story, ...typed, 'water_level', '--json').stdout);
    expect(events[0]).toMatchObject({ kind: 'fault', cause: 'dropout', evidence: [{ detector: 'quality' }] });
    const { status, stderr } = run('detect', story, ...typed, 'depth');
    expect(status).toBe(2);
    expect(stderr).toContain('groundwater has no property depth. Say with --property which it is: sec, ph,');
    expect(run('detect', story, ...wellhead, '--type', 'volcano').stderr).toContain(
      'There is no sensor type volcano',
    );
  });

  it('times that do not go forward are reported, options of the other detector too', () => {
    const { status, stderr } = run('detect', story, '--column', '2', '--time', '2', '--detector', 'wellhead');
    expect(status).toBe(2);
    expect(stderr).toContain('Sort the file by time, or choose another --time.');
    expect(run('detect', story, '--column', '2', '--type', 'groundwater').stderr).toContain(
      'belong to --detector wellhead',
    );
    expect(run('detect', story, ...wellhead, '--property', 'ph').stderr).toContain('--property needs --type');
  });

  it('without times rows are an hour apart, or as many a day as the period says', () => {
    const { events } = JSON.parse(
      run('detect', story, '--column', 'level', '--detector', 'wellhead', '--period', '24', '--json').stdout,
    );
    expect(events.map(({ start }: { start: number }) => start)).toEqual([1_000, 1_500]);
    expect(events[0].startTime).toBeNull();
  });
});
