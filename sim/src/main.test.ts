import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type KillableBroker, startBroker } from './replay/killable-broker.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'wellhead-sim-'));
afterAll(() => rmSync(folder, { recursive: true }));
let broker: KillableBroker | undefined;
afterEach(() => broker?.kill());

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const main = join(import.meta.dirname, 'main.ts');
    const child = execFile(process.execPath, ['--import', 'tsx', main, ...args], (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

test('what borehole writes, replay publishes', async () => {
  const path = join(folder, 'bh.csv');
  const generated = await run('borehole', '--count', '200', '--faults', '20', '--out', path);
  expect(generated).toMatchObject({ code: 0, out: '' });
  const rows = Number(/(\d+) readings written/.exec(generated.err)?.[1]);
  broker = await startBroker();
  const replayed = await run(
    'replay',
    path,
    '--type',
    'groundwater',
    '--sensor',
    'bh',
    '--broker',
    broker.url,
  );
  expect(replayed).toMatchObject({
    code: 0,
    out: `${rows} rows, ${rows} published, ${rows} acknowledged, 0 bad lines\n`,
  });
  expect(broker.received).toHaveLength(rows);
});

test('borehole publishes live as a sensor', async () => {
  broker = await startBroker();
  const args = [
    '--broker',
    broker.url,
    '--sensor',
    'bh',
    '--start',
    '2017-01-01',
    '--speed',
    'max',
    '--count',
    '3',
  ];
  expect(await run('borehole', ...args)).toMatchObject({ code: 0, out: '3 published, 3 acknowledged\n' });
  expect(broker.received[2]).toMatch(/^\{"measuredAt":"2017-01-01T02:00:00.000Z","sec":\d+,/);
});

test('after 20 bad lines only their number is told, and that no line could be read is exit code 2', async () => {
  const path = join(folder, 'bad.csv');
  writeFileSync(path, `measuredAt,sec\n${'x,1\n'.repeat(25)}`);
  broker = await startBroker();
  const { code, out, err } = await run(
    'replay',
    path,
    '--type',
    'groundwater',
    '--sensor',
    'bh',
    '--broker',
    broker.url,
  );
  expect(code).toBe(2);
  expect(out).toBe('25 rows, 0 published, 0 acknowledged, 25 bad lines\n');
  expect(err.match(/cannot read the time "x"/g)).toHaveLength(20);
  expect(err).toContain(`${path}:2: cannot read`);
  expect(err).toContain('and 5 bad lines more');
  expect(err).toContain('No line could be read. Name all columns in their order with --columns');
});

test('a broker that is not there is exit code 1, with what to do', async () => {
  const path = join(folder, 'one.csv');
  writeFileSync(path, 'measuredAt,sec\n2017-01-01,1\n');
  broker = await startBroker();
  await broker.kill();
  const args = [
    path,
    '--type',
    'groundwater',
    '--sensor',
    'bh',
    '--broker',
    broker.url,
    '--timeout',
    '100ms',
  ];
  const { code, err } = await run('replay', ...args);
  expect(code).toBe(1);
  expect(err).toContain('Start the gateway');
});

test.each([
  ['an unknown command', ['fly'], 'unknown command'],
  ['a missing option', ['replay', 'x.csv', '--sensor', 'a'], "'--type <type>' not specified"],
  ['an unknown type', ['replay', 'x.csv', '--type', 'lava', '--sensor', 'a'], 'known are:'],
  ['a missing file', ['replay', 'x.csv', '--type', 'groundwater', '--sensor', 'a'], 'cannot read x.csv'],
  ['half a destination', ['borehole', '--sensor', 'a'], '--broker and --sensor go together'],
])('%s is exit code 2', async (_what, args, message) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('help teaches with examples', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  expect(out).toContain('wellhead-sim replay january.csv');
});
