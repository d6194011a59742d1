// A round of the analysis over a thousand sensors, and what sensors and readers of the same program feel of it.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { makeFolder, type Program, startProgram, until } from '../../test/harness/program.ts';
import { publishRaw } from '../../test/harness/raw-publisher.ts';
import { blockAt } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const sensors = 1_000;
/** 28 days of hours. */
const readings = 672;
const probes = 100;
const topic = 'wellhead/1/bench/gw/data';

/** Long enough for all histories to be in the log, and for what is measured without a round. */
const everyMs = 30_000;

export const analysis: Row = {
  ids: [
    'analysis.round-seconds',
    'analysis.round-cpu-seconds',
    'analysis.detector-ms',
    'analysis.memory-per-series',
    'analysis.ingest-p99-ms',
    'analysis.api-p99-ms',
  ],
  title: 'a round of the analysis',
  async run(say) {
    const folder = makeFolder('bench-analysis');
    const start = () =>
      startProgram('cloud', folder.path, {
        data: './cloud',
        broker: { port: 0 },
        http: { port: 0 },
        analysis: { every: `${everyMs}ms` },
      });
    let cloud = await start();
    try {
      say('histories');
      await publish(cloud, 0, readings);
      await until('the store', async () => (await meter(cloud, 'log_lag_entries')) === 0, 60_000, 200);
      const memory = cloud.memory();
      const cpu = await untilRound(cloud);
      await until('its end', async () => (await meter(cloud, 'analysis_rounds_total')) > 0, 300_000, 200);
      const cpuSeconds = cloud.cpuSeconds() - cpu;
      const seconds = await meter(cloud, 'analysis_round_seconds_total');
      const cost = (await meter(cloud, 'analysis_detector_seconds_total')) / sensors;
      const perSeries = (cloud.memory() - memory) / sensors / 1024;

      // Once more from nothing, and asked meanwhile.
      await cloud.stop();
      cloud = await start();
      const quiet = await probe(cloud, 0);
      await publish(cloud, readings, 1);
      await untilRound(cloud);
      const during: Probe[] = [];
      while ((await meter(cloud, 'analysis_rounds_total')) === 0) {
        during.push(await probe(cloud, (during.length + 1) * probes));
        say(`${await meter(cloud, 'analysis_series_total')} of ${sensors} sensors`);
      }
      const each = `${readings} hourly readings of one property each`;
      const pick = (which: keyof Probe) => during.map((one) => one[which]);
      return [
        figure('analysis.round-seconds', [seconds], 's', `bar 10; ${sensors} detectors built, ${each}`),
        figure(
          'analysis.round-cpu-seconds',
          [cpuSeconds],
          's',
          'processor time of the whole program in that round',
        ),
        figure('analysis.detector-ms', [cost * 1000], 'ms', `in the detector, for ${each}`),
        figure(
          'analysis.memory-per-series',
          [perSeries],
          'kB',
          'resident memory that a round adds, by sensor',
        ),
        figure('analysis.ingest-p99-ms', pick('ingest'), 'ms', `without a round ${quiet.ingest.toFixed(1)}`),
        figure(
          'analysis.api-p99-ms',
          pick('api'),
          'ms',
          `100 readings; without a round ${quiet.api.toFixed(1)}`,
        ),
      ];
    } finally {
      await cloud.kill();
      folder.remove();
    }
  },
};

/** Waits for a round to begin, and gives the processor time used until then. */
async function untilRound(cloud: Program): Promise<number> {
  let cpu = cloud.cpuSeconds();
  await until(
    'the round',
    async () => {
      if ((await meter(cloud, 'analysis_series_total')) > 0) return true;
      cpu = cloud.cpuSeconds();
      return false;
    },
    4 * everyMs,
    50,
  );
  return cpu;
}

/** From each sensor so many readings from one on. */
async function publish(cloud: Program, first: number, count: number): Promise<void> {
  await publishRaw({
    port: cloud.said.broker as number,
    count: sensors,
    inFlight: 16,
    message: (i) => ({ topic, payload: readingsOf(i, first, count) }),
  });
}

function readingsOf(sensor: number, first: number, count: number): Uint8Array {
  const block = blockAt(`s${sensor}`, sensor + first, count, ['water_level']);
  const head = { site: 'bench', gateway: 'gw', origin: `o${sensor}`, lane: 'historical' as const };
  return encodeBatch({ ...head, blocks: [encodeBlock(block)] });
}

/** 99th percentiles in milliseconds: from PUBLISH to PUBACK, and of a question for readings. */
interface Probe {
  readonly ingest: number;
  readonly api: number;
}

async function probe(cloud: Program, first: number): Promise<Probe> {
  const { p99: ingest } = await publishRaw({
    port: cloud.said.broker as number,
    count: probes,
    inFlight: 1,
    message: (i) => {
      const block = blockAt('probe', first + i, 1, ['water_level']);
      const head = { site: 'bench', gateway: 'gw', origin: 'probe', lane: 'live' as const };
      return { topic, payload: encodeBatch({ ...head, blocks: [encodeBlock(block)] }) };
    },
  });
  const took: number[] = [];
  for (let i = 0; i < probes; i++) {
    const start = performance.now();
    const address = `http://127.0.0.1:${cloud.said.http}/api/v1/readings?site=bench&sensor=s${i}&limit=100`;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`readings answered ${answer.status}`);
    await answer.arrayBuffer();
    took.push(performance.now() - start);
  }
  return { ingest, api: took.sort((a, b) => a - b)[Math.ceil(0.99 * probes) - 1]! };
}

async function meter(cloud: Program, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${cloud.said.http}/metrics`)).text();
  return Number(new RegExp(`^wellhead_cloud_${name} (.*)$`, 'm').exec(text)?.[1] ?? 0);
}
