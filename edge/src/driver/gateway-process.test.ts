// The real gateway process reads every kind of instrument, and its probe shows what is on the line.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { type SimulatedDevice, startDevice } from './simulated-device.testing.ts';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wellhead-gateway-'));
afterAll(() => rmSync(folder, { recursive: true }));

let devices: SimulatedDevice[] = [];
afterEach(async () => {
  await Promise.all(devices.map((device) => device.close()));
  devices = [];
});
const device = async (...args: string[]) => {
  devices.push(await startDevice(...args));
  return devices.at(-1)!;
};
const tcp = (id: string, { port }: SimulatedDevice) => ({ id, tcp: { host: '127.0.0.1', port } });

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

async function writeConfig(): Promise<string> {
  const modbus = await device('modbus', '--unit', '1:0=235', '--unit', '2:0=240');
  const sdi12 = await device('sdi12', '--sensor', '0:16.38,9.7');
  const text = await device('ascii', '--line', '{0};{1}', '--values', '16.38,9.7', '--every', '200ms');
  const register = [{ property: 'water_temperature', address: 0, scale: 0.1 }];
  const often = { every: '200ms', timeout: '150ms' };
  const file = join(folder, 'gateway.yaml');
  const config = {
    site: 's',
    gateway: 'g',
    uplink: { url: 'mqtt://127.0.0.1:1' },
    broker: { port: 0 },
    health: { port: 0 },
    buses: [tcp('m', modbus), tcp('s', sdi12), tcp('t', text)],
    sensors: [
      { id: 'm1', modbus: { bus: 'm', ...often, registers: register } },
      { id: 'm2', modbus: { bus: 'm', unit: 2, ...often, registers: register } },
      {
        id: 's0',
        sdi12: { bus: 's', command: 'MC', values: ['water_level', 'water_temperature'], ...often },
      },
      { id: 't0', ascii: { bus: 't', delimiter: ';', fields: ['water_level', 'water_temperature'] } },
      { id: 'q0' },
    ].map((sensor) => ({ type: 'groundwater', ...sensor })),
  };
  writeFileSync(file, stringify(config));
  return file;
}

it('a gateway takes readings from all its buses into its journal, and stops in order', async () => {
  const file = await writeConfig();
  const child = spawn(process.execPath, [program, '--config', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let log = '';
  child.stderr.on('data', (text: Buffer) => {
    log += text.toString();
  });
  try {
    await vi.waitFor(() => expect(log).toContain('is running'), { timeout: 15_000 });
    const port = Number(/"health":(\d+)/.exec(log)![1]);
    await vi.waitFor(
      async () => {
        const health = (await (await fetch(`http://127.0.0.1:${port}/health`)).json()) as {
          sensors: { sensor: string; last: number }[];
        };
        const last = new Map(health.sensors.map(({ sensor, last }) => [sensor, last]));
        for (const sensor of ['m1', 'm2', 's0', 't0'])
          expect(last.get(sensor) ?? 0, sensor).toBeGreaterThan(2);
      },
      { timeout: 15_000 },
    );
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/polls_total\{sensor="m1"\} \d+/);
    expect(metrics).toMatch(/poll_lateness_worst_seconds \d/);
    await devices[0]!.say('silence 2');
    await vi.waitFor(() => expect(log).toMatch(/"sensor":"m2".*a sensor does not answer/), {
      timeout: 10_000,
    });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exited).toBe(0);
}, 60_000);

describe('probe', () => {
  it('reads one sensor of the configuration, and shows every byte', async () => {
    const file = await writeConfig();
    const modbus = await run('probe', 'modbus', '--config', file, '--sensor', 'm2');
    expect(modbus).toMatchObject({ code: 0, out: expect.stringContaining('water_temperature = 24 °C') });
    const sdi12 = await run('probe', 'sdi12', '--config', file, '--sensor', 's0');
    expect(sdi12.out).toMatch(/→ {2}30 4d 43 21 {3}0MC!\n/);
    expect(sdi12.out).toContain('water_level = 16.38 m above datum');
    const text = await run('probe', 'ascii', '--config', file, '--sensor', 't0');
    expect(text.out).toMatch(/← .*16\.38;9\.7\\r\\n\n[\s\S]*water_temperature = 9\.7 °C/);
    const none = await run('probe', 'ascii', '--config', file, '--sensor', 'q0');
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('m1, m2, s0, t0') });
  });

  it('reads feeds and files of the configuration, with their raw text', async () => {
    const body = '{"time":"2026-01-31T12:00:00Z","level":{0}}';
    const feed = await device('http', '--body', body, '--values', '16.38');
    const rows = ['time,water_level', ...Array.from({ length: 5_000 }, (_, i) => `2026-01-31 12:00,${i}`)];
    writeFileSync(join(folder, 'log.csv'), `${rows.join('\n')}\nVOLT=12.6\n2026-01-31 12:`);
    const file = join(folder, 'sources.yaml');
    const http = { url: `http://127.0.0.1:${feed.port}/`, time: 'time', values: { water_level: 'level' } };
    const sensors = [
      { id: 'h1', http },
      { id: 'h2', http: { ...http, values: { water_level: 'depth' } } },
      { id: 'f1', file: { path: 'log.csv' } },
    ].map((sensor) => ({ type: 'groundwater', ...sensor }));
    writeFileSync(
      file,
      stringify({ site: 's', gateway: 'g', uplink: { url: 'mqtt://127.0.0.1:1' }, sensors }),
    );
    const probe = (kind: string, sensor: string) => run('probe', kind, '--config', file, '--sensor', sensor);
    const { code, out } = await probe('http', 'h1');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(body.replace('{0}', '16.38')) });
    expect(out).toContain('measured at 2026-01-31T12:00:00.000Z\nwater_level = 16.38 m above datum\n');
    expect(await probe('http', 'h2')).toMatchObject({
      code: 1,
      out: expect.stringContaining('none of the properties is in the record'),
    });
    const { out: ofFile } = await probe('file', 'f1');
    expect(ofFile).toContain('VOLT=12.6\nnot a reading: ');
    expect(ofFile).toMatch(/2026-01-31 12:00,4999\nmeasured at .*\nwater_level = 4999 m above datum\n$/);
    expect(await probe('file', 'h1')).toMatchObject({ code: 2, err: expect.stringContaining('f1') });
  });

  it('finds who is on a bus', async () => {
    const modbus = await device('modbus', '--rtu', '--unit', '3:0=235', '--unit', '9:5=7');
    const sdi12 = await device('sdi12', '--sensor', '4:1', '--sensor', 'b:2');
    const short = ['--scan', '--timeout', '30ms'];
    const units = await run(
      'probe',
      'modbus',
      '--rtu',
      '--tcp',
      `127.0.0.1:${modbus.port}`,
      '--to',
      '12',
      ...short,
    );
    expect(units.out.match(/^unit.*/gm)).toEqual([
      'unit 3 answers: holding register 0 is 235',
      expect.stringMatching(/^unit 9 answers: Modbus exception 2/),
      'units: 2',
    ]);
    const addresses = await run('probe', 'sdi12', '--tcp', `127.0.0.1:${sdi12.port}`, ...short);
    expect(addresses.out.match(/^address.*/gm)).toEqual([
      'address 4: WELLHEAD SIM001 100 SN1 (SDI-12 1.4)',
      'address b: WELLHEAD SIM001 100 SN1 (SDI-12 1.4)',
      'addresses: 2',
    ]);
  });

  it('listens for a bounded time', async () => {
    const text = await device('ascii', '--values', '7', '--request', 'R\\r');
    const args = ['probe', 'ascii', '--tcp', `127.0.0.1:${text.port}`, '--for', '500ms'];
    expect(await run(...args, '--send', 'R\\r')).toMatchObject({
      code: 0,
      out: expect.stringContaining('bytes: 3'),
    });
    expect(await run(...args)).toMatchObject({ code: 1, out: expect.stringContaining('no bytes') });
  });

  it.each([
    [['probe', 'modbus'], 2, 'give either --port'],
    [['probe', 'modbus', '--tcp', '127.0.0.1:1', '--config', 'x'], 2, 'go together'],
    [['probe', 'modbus', '--port', '/dev/none', '--for', '2s'], 1, 'SERIAL_OPEN'],
    [['probe', 'modbus', '--tcp', '127.0.0.1:1', '--for', '2s'], 1, 'cannot be reached'],
    [['--check'], 1, "required option '-c, --config <file>'"],
  ])('%j ends with %i and says why', async (args, code, message) => {
    expect(await run(...args)).toMatchObject({ code, err: expect.stringContaining(message) });
  });

  it('teaches', async () => {
    expect((await run('--help')).out).toContain('wellhead-edge probe --help');
    expect((await run('probe', '--help')).out).toContain('probe sdi12 --port /dev/ttyUSB0 --scan');
    expect((await run('probe', 'modbus', '--help')).out).toContain('--from 1 --to 20');
  });
});
