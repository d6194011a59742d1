// Sensors of other families, by configuration only: instrument, gateway, cloud, API and dashboard.
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson, makeFolder, type Program, repository, startProgram, until } from '../harness/program.ts';

const folder = makeFolder('families');
const log = join(folder.path, 'weather.csv');
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const noBrowser = existsSync(browserPath)
  ? undefined
  : `skipped: there is no ${browserPath} (Debian package chromium)`;

let cloud: Program;
let gateway: Program;
let station: ChildProcess;

interface Reading {
  readonly measuredAt: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly flags: Readonly<Record<string, number>>;
  readonly causes: Readonly<Record<string, string>>;
}

interface Sensor {
  readonly sensor: string;
  readonly type: string;
  readonly typeTitle: string;
  readonly intervalSeconds: number;
  readonly readings: number;
  readonly properties: readonly { name: string; title: string; unit: string; isSent: boolean }[];
}

/** A simulated station that answers with these values of air quality; one of them it does not have. */
async function startStation(): Promise<number> {
  const body =
    '{"station":7,"obs":{"at":"{time}","list":[{"gas":"o3","v":{0}},{"gas":"no2","v":"---"}],"pm":{"fine":{1},"coarse":{2}},"t":{3}}}';
  station = spawn(
    process.execPath,
    [
      join(repository, 'sim/dist/main.js'),
      ...['device', 'http', '--body', body, '--values', '41.5,9.5,2500,3.25'],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let said = '';
  station.stdout!.on('data', (text: Buffer) => {
    said += text.toString();
  });
  return until('the station to listen', () => Number(/:(\d+)/.exec(said)?.[1] ?? 0) || undefined);
}

beforeAll(async () => {
  const port = await startStation();
  writeFileSync(
    log,
    Buffer.from(
      'Datum;Zeit;Temp;Feuchte;Druck;Wind;Richtung;Regen\n31.01.2026;13:00;-3,5;87;1013,2;4,1;270;0,0\n',
      'latin1',
    ),
  );
  cloud = await startProgram('cloud', folder.path, {
    data: './cloud',
    broker: { port: 0 },
    http: { port: 0 },
    store: { linger: '5ms' },
  });
  gateway = await startProgram('edge', folder.path, {
    site: 'cape',
    gateway: 'gw1',
    data: './edge',
    uplink: { url: `mqtt://127.0.0.1:${cloud.said.broker}`, linger: '5ms' },
    broker: { port: 0 },
    health: { port: 0 },
    sensors: [
      {
        id: 'air-1',
        type: 'air-quality',
        title: 'Harbour',
        http: {
          url: `http://127.0.0.1:${port}/now`,
          every: '500ms',
          records: 'obs',
          time: 'at',
          values: {
            o3: 'list[gas=o3].v',
            no2: 'list[gas=no2].v',
            pm2_5: 'pm.fine',
            pm10: 'pm.coarse',
            air_temperature: 't',
          },
        },
      },
      {
        id: 'roof',
        type: 'weather',
        title: 'Roof',
        file: {
          path: './weather.csv',
          every: '200ms',
          delimiter: ';',
          decimal: ',',
          time: ['Datum', 'Zeit'],
          timeFormat: 'DD.MM.YYYY HH:mm',
          zone: '+01:00',
          encoding: 'latin1',
          values: {
            air_temperature: 'Temp',
            relative_humidity: 'Feuchte',
            air_pressure: 'Druck',
            wind_speed: 'Wind',
            wind_direction: 'Richtung',
            precipitation: 'Regen',
          },
        },
      },
      {
        id: 'quake-z',
        type: 'seismometer',
        title: 'Vault',
        mqtt: [{ topic: 'seis/ABC/HHZ', time: 't', values: { station: 's', channel: 'c', counts: 'd' } }],
      },
    ],
  });
}, 60_000);

afterAll(async () => {
  await gateway?.kill();
  await cloud?.kill();
  if (station?.exitCode === null) station.kill('SIGKILL');
  folder.remove();
});

const api = <T>(path: string) => getJson<T>(`http://127.0.0.1:${cloud.said.http}/api/v1/${path}`);

async function readings(sensor: string, atLeast: number): Promise<Reading[]> {
  return until(`${atLeast} readings of ${sensor}`, async () => {
    const { readings: found } = await api<{ readings: Reading[] }>(`readings?site=cape&sensor=${sensor}`);
    return found.length >= atLeast && found;
  });
}

async function describeSensor(sensor: string): Promise<Sensor> {
  const { sensors } = await api<{ sensors: Sensor[] }>('sensors?site=cape');
  return sensors.find((one) => one.sensor === sensor)!;
}

const unitsOf = ({ properties }: Sensor) =>
  Object.fromEntries(properties.filter(({ isSent }) => isSent).map(({ name, unit }) => [name, unit]));

describe('a sensor of another family, by configuration only', () => {
  it('air quality, from a station on the network', async () => {
    const [first, second] = await readings('air-1', 2);
    for (const { values, flags, causes } of [first!, second!]) {
      expect(values).toMatchObject({ o3: 41.5, no2: '---', pm2_5: 9.5, pm10: 2500, air_temperature: 3.25 });
      expect(flags).toMatchObject({ o3: 1, no2: 9, pm2_5: 1, pm10: 4, air_temperature: 1 });
      expect(causes).toMatchObject({ no2: 'missing', pm10: 'instrument-range' });
    }
    // Its own time, and each reading once.
    expect(Math.abs(Date.parse(first!.measuredAt) - Date.now())).toBeLessThan(60_000);
    expect(second!.measuredAt).not.toBe(first!.measuredAt);
    const sensor = await describeSensor('air-1');
    expect(sensor).toMatchObject({
      type: 'air-quality',
      typeTitle: 'Air-quality station',
      intervalSeconds: 600,
    });
    expect(unitsOf(sensor)).toMatchObject({ o3: 'µg/m³', pm2_5: 'µg/m³', air_temperature: '°C' });
  });

  it('weather, from a file that a logger appends to', async () => {
    await readings('roof', 1);
    appendFileSync(log, '31.01.2026;13:10;-3,4;88;1013,1;4,0;275;0,2\n31.01.2026;13:20;---;88;1013,');
    appendFileSync(log, '0;99,9;280;0,0\n');
    const found = await readings('roof', 3);
    expect(found.map(({ measuredAt }) => measuredAt)).toEqual([
      '2026-01-31T12:00:00.000Z',
      '2026-01-31T12:10:00.000Z',
      '2026-01-31T12:20:00.000Z',
    ]);
    expect(found[1]).toMatchObject({
      values: {
        air_temperature: -3.4,
        relative_humidity: 88,
        air_pressure: 1013.1,
        wind_speed: 4,
        wind_direction: 275,
        precipitation: 0.2,
      },
      flags: { air_temperature: 1, wind_speed: 1, precipitation: 1 },
    });
    expect(found[2]).toMatchObject({
      values: { air_temperature: '---', wind_speed: 99.9 },
      flags: { air_temperature: 9, wind_speed: 4 },
    });
    const sensor = await describeSensor('roof');
    expect(sensor).toMatchObject({ typeTitle: 'Weather station', readings: 3 });
    expect(unitsOf(sensor)).toMatchObject({
      air_temperature: '°C',
      relative_humidity: '%',
      air_pressure: 'hPa',
      wind_speed: 'm/s',
      wind_direction: '°',
      precipitation: 'mm',
    });
  });

  it('a seismometer, by MQTT, with its station as text', async () => {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${gateway.said.broker}`);
    const at = Date.now();
    for (const [i, counts] of [1204, -981, 8388607].entries()) {
      const message = { t: at + i * 1_000 - 3_000, s: 'ABC', c: 'HHZ', d: counts };
      await client.publishAsync('seis/ABC/HHZ', JSON.stringify(message), { qos: 1 });
    }
    await client.endAsync();
    const found = await readings('quake-z', 3);
    expect(found.map(({ values }) => values)).toEqual([
      { station: 'ABC', channel: 'HHZ', counts: 1204 },
      { station: 'ABC', channel: 'HHZ', counts: -981 },
      { station: 'ABC', channel: 'HHZ', counts: 8388607 },
    ]);
    // The end of the scale is where a digitiser stands when it can say no more.
    expect(found.map(({ flags }) => flags.counts)).toEqual([1, 1, 4]);
    expect(found[0]!.flags).toMatchObject({ station: 1, channel: 1 });
    const sensor = await describeSensor('quake-z');
    expect(sensor).toMatchObject({ typeTitle: 'Seismometer channel', intervalSeconds: 1 });
    expect(unitsOf(sensor)).toEqual({ station: '', channel: '', counts: 'counts' });
  });

  it.skipIf(noBrowser !== undefined)(
    `is on the dashboard with titles and units${noBrowser === undefined ? '' : ` (${noBrowser})`}`,
    { timeout: 60_000 },
    async () => {
      const browser = await chromium.launch({
        executablePath: browserPath,
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
      });
      try {
        const page = await browser.newPage({ viewport: { width: 1400, height: 2_400 } });
        for (const [sensor, texts] of [
          ['air-1', ['Harbour', 'Ozone', 'Particles PM2.5', 'µg/m³', 'Air temperature', '°C']],
          ['roof', ['Roof', 'Air pressure', 'hPa', 'Wind speed', 'm/s', 'Precipitation', 'mm']],
          ['quake-z', ['Vault', 'Ground motion', 'counts', 'Station', 'ABC']],
        ] as const) {
          await page.goto(`http://127.0.0.1:${cloud.said.http}/?site=cape&sensor=${sensor}`, {
            waitUntil: 'load',
          });
          await until(`the dashboard of ${sensor}`, async () => {
            const text = (await page.textContent('body')) ?? '';
            const lacking = texts.filter((one) => !text.includes(one));
            if (lacking.length > 0) throw new Error(`${lacking.join(', ')} not in: ${text.slice(0, 1_500)}`);
            return true;
          });
        }
      } finally {
        await browser.close();
      }
    },
  );
});
