// Publishes through a station that is being killed, then compares what was acknowledged with what is held.
import { createRandom } from '../../sim/src/random.ts';
import { publishReadings } from '../../sim/src/replay/publisher.ts';
import type { SensorReading } from '../../sim/src/sensor-reading.ts';
import { until } from '../harness/program.ts';
import { type Comparison, compareSensor } from './compare.ts';
import { compareCounts } from './compare-counts.ts';
import { sourcesOf } from './sources.ts';
import { openStation, type Station, type StationReports } from './station.ts';

/** How far a run has got. */
export interface Stage {
  readonly done: number;
  readonly of: number;
  /** What is being done, as it stands behind “while”. */
  readonly what: string;
}

export interface DeliveryOptions {
  readonly seed: number;
  /** How often each part of the station is killed or cut. */
  readonly killsEach: number;
  readonly open?: (sensors: readonly string[], reports: StationReports) => Promise<Station>;
  readonly onStage?: (stage: Stage) => void;
  /** Called as soon as the gateway says that readings are lost. */
  readonly onLoss?: StationReports['onLoss'];
}

type Counts = Omit<Comparison, 'examples'>;

export interface DeliveryReport {
  readonly kills: Readonly<Record<string, number>>;
  readonly total: Counts & {
    /** Given up as lost by the gateway, or missing in the cloud, by their own word. */
    readonly declared: number;
  };
  readonly examples: readonly string[];
  /** Sensors of which nothing was acknowledged: nothing was proved of them. */
  readonly silent: readonly string[];
  readonly repeated: number;
  /** Of the acknowledged, those of instruments that were asked, and how they hung on the gateway. */
  readonly polled: { readonly acknowledged: number; readonly answers: number; readonly where: string };
  readonly seconds: number;
}

const window = 200;
const acknowledgedWithinMs = 600_000;

interface Published {
  readonly sensor: string;
  readonly readings: Map<number, SensorReading>;
  readonly acknowledged: Set<number>;
  repeated: number;
}

/** @throws Error where it could not be carried out to its end; what the station then says is in it. */
export async function verifyDelivery({
  seed,
  killsEach,
  open = openStation,
  onStage = () => undefined,
  onLoss = () => undefined,
}: DeliveryOptions): Promise<DeliveryReport> {
  const started = performance.now();
  const random = createRandom(seed);
  const sources = sourcesOf(seed);
  const over = new AbortController();
  let breakDown: (error: unknown) => void = () => undefined;
  const brokenDown = new Promise<never>((_, reject) => {
    breakDown = reject;
  });
  // It is waited for below, but may come before that.
  brokenDown.catch(() => undefined);

  let stage: Stage = { done: 0, of: 0, what: 'starting the station' };
  const enter = (next: Partial<Stage>) => {
    stage = { ...stage, ...next };
    onStage(stage);
  };
  enter({});
  const station = await open([...sources.keys()], { onLoss, onEndedByItself: breakDown });
  const run = async (): Promise<DeliveryReport> => {
    const published = [...sources].map(([sensor, source]) => {
      const one: Published = { sensor, readings: new Map(), acknowledged: new Set(), repeated: 0 };
      const ended = publish(station, one, source(over.signal));
      ended.catch(breakDown);
      return { one, ended };
    });
    const kills = await chaos(station, { random: () => random.next(), killsEach, over: over.signal, enter });
    over.abort();
    enter({ what: 'waiting for the sensors’ last acknowledgements' });
    await allAcknowledged(published);
    await station.instruments.close();
    enter({ what: 'waiting for the last readings to be stored' });
    await station.settled();
    const comparisons: Record<string, Comparison> = {};
    for (const { one } of published) {
      enter({ what: `comparing ${one.sensor}` });
      const { sensor, readings, acknowledged } = one;
      comparisons[sensor] = await compareSensor(station.apiUrl, sensor, readings, acknowledged);
    }
    const polled = { acknowledged: 0, answers: 0, where: station.instruments.where };
    for (const [sensor, said] of station.instruments.said) {
      enter({ what: `comparing ${sensor}` });
      comparisons[sensor] = await compareCounts(station.apiUrl, sensor, said);
      polled.acknowledged += said.acknowledged.size;
      polled.answers += said.given;
    }
    enter({ what: 'asking for declared losses' });
    const declared = await station.losses.all(station.apiUrl);
    return {
      kills,
      total: { ...sumOf(Object.values(comparisons)), declared: declared.readings },
      examples: [...declared.lines, ...Object.values(comparisons).flatMap(({ examples }) => examples)],
      silent: Object.entries(comparisons).flatMap(([sensor, one]) => (one.acknowledged === 0 ? sensor : [])),
      polled,
      repeated: published.reduce((total, { one }) => total + one.repeated, 0),
      seconds: (performance.now() - started) / 1000,
    };
  };
  try {
    return await Promise.race([run(), brokenDown]);
  } finally {
    over.abort();
    await station.close();
  }
}

function sumOf(all: readonly Comparison[]): Counts {
  const sum = (name: keyof Counts) => all.reduce((total, one) => total + one[name], 0);
  return {
    acknowledged: sum('acknowledged'),
    held: sum('held'),
    lost: sum('lost'),
    doubled: sum('doubled'),
    changed: sum('changed'),
    invented: sum('invented'),
    exportDiffers: sum('exportDiffers'),
  };
}

async function chaos(
  station: Station,
  run: {
    readonly random: () => number;
    readonly killsEach: number;
    readonly over: AbortSignal;
    readonly enter: (stage: Stage) => void;
  },
): Promise<Record<string, number>> {
  const { random, killsEach, over, enter } = run;
  const kills = Object.fromEntries(Object.keys(station.disturb).map((name) => [name, 0]));
  const of = killsEach * Object.keys(kills).length;
  for (let done = 0; done < of && !over.aborted; done++) {
    const left = Object.keys(kills).filter((name) => kills[name]! < killsEach);
    const name = left[Math.floor(random() * left.length)]!;
    enter({ done, of, what: `disturbing ${name}, ${done + 1} of ${of}` });
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 350));
    await station.disturb[name]!(random);
    kills[name]!++;
  }
  enter({ done: of, of, what: 'all is back' });
  return kills;
}

async function publish(
  station: Station,
  published: Published,
  source: AsyncIterable<SensorReading>,
): Promise<void> {
  const { sensor, readings, acknowledged } = published;
  const noted = async function* () {
    for await (const reading of source) {
      readings.set(reading.measuredAt, reading);
      yield reading;
    }
  };
  const summary = await publishReadings(noted(), {
    brokerUrl: station.sensorUrl,
    sensor,
    window,
    onAcknowledged: ({ measuredAt }) => acknowledged.add(measuredAt),
  });
  published.repeated = summary.repeated;
  if (summary.outcome !== 'finished')
    throw new Error(`${sensor}: publishing ended as ${summary.outcome} (${summary.lastReason})`);
}

async function allAcknowledged(
  published: readonly { readonly one: Published; readonly ended: Promise<void> }[],
): Promise<void> {
  let isDone = false;
  void Promise.allSettled(published.map(({ ended }) => ended)).then(() => {
    isDone = true;
  });
  const count = (of: 'readings' | 'acknowledged') =>
    published.map(({ one }) => `${one.sensor} ${one[of].size}`).join(', ');
  await until(
    'every sensor to have its last reading acknowledged',
    () => {
      if (!isDone) throw new Error(`published: ${count('readings')}; acknowledged: ${count('acknowledged')}`);
      return true;
    },
    acknowledgedWithinMs,
    50,
  );
}
