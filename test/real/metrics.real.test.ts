// What gateway and cloud say under /metrics, judged by Prometheus' own checker. Debian's package `prometheus`.
import { spawnSync } from 'node:child_process';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudCatalogue } from '../../cloud/src/health/meters.ts';
import { gatewayCatalogue } from '../../edge/src/health/meters.ts';
import { type MeterCatalogue, openMeters } from '../../host/src/index.ts';
import { publishReadings } from '../../sim/src/replay/publisher.ts';
import { freePort } from '../harness/ports.ts';
import { makeFolder, type Program, startProgram, until } from '../harness/program.ts';
import { findOrInstall } from './debian.ts';

const promtool = findOrInstall('prometheus', ['/usr/bin/promtool', '/usr/local/bin/promtool']);
const why = promtool === undefined ? ' (promtool cannot be had here)' : '';

/** What the checker has to say: nothing at all where all is well. */
function complaints(text: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(promtool!, ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}
const none = { status: 0, said: '' };

const namesIn = (text: string) => [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name!);
const namesOf = ({ prefix, counters, gauges, histograms }: MeterCatalogue) =>
  [counters, gauges, histograms].flatMap((part) => Object.keys(part).map((name) => `${prefix}${name}`));

describe.skipIf(promtool === undefined)(`the metrics of a gateway and a cloud at work${why}`, () => {
  const folder = makeFolder('metrics');
  const programs: Program[] = [];
  const text = { gateway: '', cloud: '' };
  const sample = (from: 'gateway' | 'cloud', line: string) =>
    Number(new RegExp(`^${line.replace(/[{}]/g, '\\$&')} (\\d+)$`, 'm').exec(text[from])?.[1] ?? 0);

  beforeAll(async () => {
    const [cloudPort, http, broker, health] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    programs.push(
      await startProgram('cloud', folder.path, {
        data: './cloud',
        broker: { port: cloudPort },
        http: { port: http },
        store: { linger: '20ms' },
        analysis: { every: '100ms' },
      }),
      await startProgram('edge', folder.path, {
        site: 'site-a',
        gateway: 'gw1',
        data: './edge',
        uplink: { url: `mqtt://127.0.0.1:${cloudPort}` },
        broker: { port: broker, maxPacket: '4kB' },
        health: { port: health },
        sensors: [{ id: 'b1', type: 'groundwater' }],
      }),
    );
    const readings = Array.from({ length: 100 }, (_, i) => ({
      measuredAt: Date.UTC(2026, 0, 1) + i * 900_000,
      values: { water_level: 16 + i / 1000 },
    }));
    await publishReadings(readings, { brokerUrl: `mqtt://127.0.0.1:${broker}`, sensor: 'b1' });
    const other = await connectAsync(`mqtt://127.0.0.1:${broker}`, { reconnectPeriod: 0 });
    other.on('error', () => undefined);
    await other.publishAsync('sensors/b1', 'nonsense', { qos: 1 });
    await other.publishAsync('elsewhere', '1', { qos: 1 });
    const refused = new Promise<void>((resolve) => other.once('close', () => resolve()));
    other.publish('sensors/b1', 'x'.repeat(5_000));
    await refused;
    await fetch(`http://127.0.0.1:${http}/api/v1/sensors`);
    await until('all of it to be counted', async () => {
      text.gateway = await (await fetch(`http://127.0.0.1:${health}/metrics`)).text();
      text.cloud = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
      return (
        sample('gateway', 'wellhead_edge_readings_undelivered') === 0 &&
        sample('gateway', 'wellhead_edge_receipt_seconds_count') > 0 &&
        sample('cloud', 'wellhead_cloud_readings_stored_total') === 100 &&
        sample('cloud', 'wellhead_cloud_analysis_rounds_total') > 0
      );
    });
  });
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    folder.remove();
  });

  it('have samples of histograms and of counters with labels', () => {
    expect(sample('gateway', 'wellhead_edge_intake_seconds_count')).toBe(101);
    expect(sample('gateway', 'wellhead_edge_ignored_total{kind="unmapped-topic"}')).toBe(1);
    expect(sample('gateway', 'wellhead_edge_dead_letters_total{reason="bad-json"}')).toBe(1);
    expect(sample('gateway', 'wellhead_edge_connections_refused_total{reason="packet-too-large"}')).toBe(1);
    expect(sample('cloud', 'wellhead_cloud_http_requests_total{status="200"}')).toBeGreaterThan(0);
    expect(sample('cloud', 'wellhead_cloud_store_write_seconds_count')).toBeGreaterThan(0);
  });

  it.each(['gateway', 'cloud'] as const)('of the %s are without fault', (from) => {
    expect(complaints(text[from])).toEqual(none);
  });

  it('have no name that both have', () => {
    const names = new Set(namesIn(text.cloud));
    expect(names.size).toBeGreaterThan(0);
    expect(namesIn(text.gateway).filter((name) => names.has(name))).toEqual([]);
  });
});

describe.skipIf(promtool === undefined)(
  `all metrics that there are, also those that trouble brings${why}`,
  () => {
    it.each([
      ['gateway', gatewayCatalogue],
      ['cloud', cloudCatalogue],
    ] as [string, MeterCatalogue][])('of the %s are without fault', async (_, catalogue) => {
      const meters = openMeters(catalogue);
      for (const [name, { label }] of Object.entries(catalogue.counters))
        meters.add(name, 1, label === undefined ? '' : 'b1');
      for (const name of Object.keys(catalogue.gauges)) meters.gauge(name, () => 1);
      for (const name of Object.keys(catalogue.histograms)) meters.observe(name, 0.5);
      const text = await meters.text();
      expect(namesIn(text).sort()).toEqual(namesOf(catalogue).sort());
      expect(complaints(text)).toEqual(none);
    });
  },
);

it.skipIf(promtool === undefined)(`the checker finds fault where there is one${why}`, () => {
  expect(complaints('# HELP polls Turns\n# TYPE polls counter\npolls 1\n')).toEqual({
    status: 3,
    said: 'polls counter metrics should have "_total" suffix\n',
  });
});

it('no metric of the gateway is called like one of the cloud', () => {
  const cloud = new Set(namesOf(cloudCatalogue));
  expect(namesOf(gatewayCatalogue).filter((name) => cloud.has(name))).toEqual([]);
});
