// A round of the analysis over a thousand sensors, and what sensors and readers of the same program feel of it.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { makeFolder, type Program, startProgram, until } from '../harness/program.ts';
import { publishRaw } from '../harness/raw-publisher.ts';
import { blockAt } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const sensors = 1_000;
/** 28 days of hours. */
const readings = 672;
const probes = 100;
const topic = 'wellhead/1/bench/gw/data';

export const analysis: Row = {
  ids: [
    'analysis.round-seconds',
    'analysis.detector-ms',
    'analysis.memory-per-series',
    'analysis.ingest-p99-ms',
    'analysis.api-p99-ms',
  ],
  title: 'a round of the analysis',
  async run(say) {
    const folder = makeFolder('bench-analysis');
    const cloud = await startProgram('cloud', folder.path, {
      data: './cloud',
      broker: { port: 0 },
      http: { port: 0 },
      // Long enough for all histories to be in the log, and for what is measured without a round.
      analysis: { every: '45s' },
    });
    try {
      say('histories');
      await publishRaw({
        port: cloud.said.broker as number,
        count: sensors,
        inFlight: 16,
        message: (i) => ({ topic, payload: historyOf(i) }),
      });
      await until('the store', async () => (await meter(cloud, 'log_lag_entries')) === 0, 60_000, 200);
      const quiet = await probe(cloud, 0);
      const before = cloud.memory();
      await until('the round', async () => (await meter(cloud, 'analysis_series_total')) > 0, 90_000, 50);
      const during: Probe[] = [];
      while ((await meter(cloud, 'analysis_rounds_total')) === 0) {
        during.push(await probe(cloud, (during.length + 1) * probes));
        say(`${await meter(cloud, 'analysis_series_total')} of ${sensors} sensors`);
      }
      const seconds = await meter(cloud, 'analysis_round_seconds_total');
      const cost = (await meter(cloud, 'analysis_detector_seconds_total')) / sensors;
      const memory = (cloud.memory() - before) / sensors / 1024;
      const each = `${readings} hourly readings of one property each`;
      return [
        figure(
          'analysis.round-seconds',
          [seconds],
          's',
          `bar 10; ${sensors} detectors built, ${each}, probed meanwhile`,
        ),
        figure('analysis.detector-ms', [cost * 1000], 'ms', `in the detector, for ${each}`),
        figure(
          'analysis.memory-per-series',
          [memory],
          'kB',
          'resident memory of the program by the number of sensors',
        ),
        figure(
          'analysis.ingest-p99-ms',
          during.map(({ ingest }) => ingest),
          'ms',
          `without a round ${quiet.ingest.toFixed(1)}`,
        ),
        figure(
          'analysis.api-p99-ms',
          during.map(({ api }) => api),
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

function historyOf(sensor: number): Uint8Array {
  const block = blockAt(`s${sensor}`, sensor, readings, ['water_level']);
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
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1] ?? 0);
}
