import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadSensorType } from '../sensor-type.ts';
import { type CsvOptions, openCsvFile } from './csv-file.ts';
import { type BadLine, type FileReading, type ReadProgress, readCsvReadings } from './csv-readings.ts';

const type = await loadSensorType('groundwater');
const folder = mkdtempSync(join(tmpdir(), 'wellhead-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(content: string): string {
  const path = join(folder, `${++files}.csv`);
  writeFileSync(path, content);
  return path;
}

async function read(paths: readonly string[], options: Partial<CsvOptions> = {}) {
  const opened = await Promise.all(paths.map((path) => openCsvFile(path, { type, ...options })));
  const readings: FileReading[] = [];
  const bad: BadLine[] = [];
  const progress: ReadProgress = { bytes: 0, rows: 0, badLines: 0 };
  const onBadLine = (line: BadLine) => bad.push(line);
  for await (const reading of readCsvReadings(opened, { progress, onBadLine })) readings.push(reading);
  return { readings, bad, progress, bytes: opened.reduce((sum, file) => sum + file.bytes, 0) };
}

test('reads a bare file with CRLF: numbers, zeros, codes and text as they are', async () => {
  const { readings } = await read([
    fileOf(
      '2017-01-01,00:00:00,949,7.23,16.38,10.8,923\r\n2017-01-01,01:17:03,0,(na),99999.00,10.0,99999\r\n',
    ),
  ]);
  expect(
    readings.map(({ measuredAt, values }) => [new Date(measuredAt).toISOString(), ...Object.values(values)]),
  ).toEqual([
    ['2017-01-01T00:00:00.000Z', 949, 7.23, 16.38, 10.8, 923],
    ['2017-01-01T01:17:03.000Z', 0, '(na)', 99999, 10, 99999],
  ]);
});

test('reads a file with byte order mark, header, semicolons and quotes', async () => {
  const { readings, bad } = await read([
    fileOf('\ufeff"Time";"Water level (m)";Battery;sec\n2017-01-01 00:30;16.38;3.6;"949"\n\n'),
  ]);
  expect(bad).toEqual([]);
  expect(readings[0]).toMatchObject({
    measuredAt: Date.UTC(2017, 0, 1, 0, 30),
    values: { water_level: 16.38, sec: 949 },
    line: 2,
  });
});

test('the columns may be told', async () => {
  const path = fileOf('16.38,x,2017-01-01T00:00Z\n');
  const { readings } = await read([path], { columns: 'water_level,-,measuredAt' });
  expect(readings[0]).toMatchObject({ measuredAt: Date.UTC(2017, 0, 1), values: { water_level: 16.38 } });
});

test('bad lines are told by file, number and reason, and cost nothing but themselves', async () => {
  const good = '949,7.23,16.38,10.8,923';
  const path = fileOf(
    [
      `2017-01-01,00:00:00,${good}`,
      '2017-01-01,01:00:00,949,7.2',
      `2017-02-30,02:00:00,${good}`,
      '2017-01-01,03:00:00,"949,7.23,16.38,10.8,923',
      '',
      'x'.repeat(70_000),
      `2017-01-01,05:00:00,${good},,`,
      `2017-01-01,06:00:00,${good},1`,
      `2017-01-01,07:00:00,${good}`,
    ].join('\r\n'),
  );
  const { readings, bad, progress, bytes } = await read([path]);
  expect(readings.map((reading) => reading.line)).toEqual([1, 7, 9]);
  expect(bad).toEqual([
    {
      file: path,
      line: 2,
      reason: 'cells: 4, expected: 7 (date,time,sec,ph,water_level,water_temperature,total_dissolved_gas)',
    },
    { file: path, line: 3, reason: 'cannot read the time "2017-02-30 02:00:00"' },
    { file: path, line: 4, reason: 'a quote is not closed' },
    { file: path, line: 6, reason: 'longer than 65536 bytes' },
    {
      file: path,
      line: 8,
      reason: 'cells: 8, expected: 7 (date,time,sec,ph,water_level,water_temperature,total_dissolved_gas)',
    },
  ]);
  expect(progress).toEqual({ bytes, rows: 8, badLines: 5 });
});

test('files follow each other in the order given, and an empty one is no trouble', async () => {
  const rowOf = (hour: string) => fileOf(`2017-01-01,${hour}:00:00,1,2,3,4,5\n`);
  const { readings } = await read([rowOf('05'), fileOf(''), rowOf('02')]);
  expect(readings.map((reading) => new Date(reading.measuredAt).getUTCHours())).toEqual([5, 2]);
});

test('a file that is not there, and a header that tells nothing, are refused before anything is read', async () => {
  await expect(read([join(folder, 'none.csv')])).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' });
  const path = fileOf('foo,bar\n1,2\n');
  await expect(read([path])).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(path),
  });
});

const real = join(import.meta.dirname, '../../../../shared/data/bgs');

describe.skipIf(!existsSync(real))('real loggers (skipped where their files are absent)', () => {
  const paths = existsSync(real)
    ? readdirSync(real, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.csv'))
        .map((path) => join(real, path))
    : [];

  test.each(paths)('every row of %s is read, every cell as it is', async (path) => {
    const rows = readFileSync(path, 'utf8').split('\r\n').slice(0, -1);
    const { readings, bad } = await read([path]);
    expect(bad).toEqual([]);
    expect(readings).toHaveLength(rows.length);
    rows.forEach((row, i) => {
      const [date, time, ...cells] = row.split(',');
      expect(new Date(readings[i]!.measuredAt).toISOString()).toBe(`${date}T${time}.000Z`);
      expect(Object.values(readings[i]!.values)).toEqual(
        cells.map((cell) => (cell === '(na)' ? cell : Number(cell))),
      );
    });
  });
});
