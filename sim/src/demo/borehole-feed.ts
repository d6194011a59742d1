// Simulated boreholes that publish to the gateway: their history first, then an hour a second.

import { setTimeout as wait } from 'node:timers/promises';
import { hourMs } from '@wellhead/protocol';
import { type Borehole, createBorehole } from '../borehole/borehole.ts';
import { pace } from '../replay/pace.ts';
import { publishReadings } from '../replay/publisher.ts';
import type { SensorReading } from '../sensor-reading.ts';
import { boreholes } from './configs.ts';
import type { DemoState } from './state.ts';

const liveSpeed = 3_600;

/** A step of a borehole with its number, so that progress can be kept. */
interface Step extends SensorReading {
  readonly index: number;
}

type Steps = AsyncIterable<Step> | Iterable<Step>;

export interface BoreholeFeedOptions {
  readonly brokerUrl: string;
  /** How far each borehole has come; moved on as the gateway acknowledges. */
  readonly state: DemoState;
  readonly signal: AbortSignal;
}

export class BoreholeFeed {
  readonly counts: { published: number; acknowledged: number; time: number };
  readonly #options: BoreholeFeedOptions;

  constructor(options: BoreholeFeedOptions) {
    this.#options = options;
    const { startAt, next } = options.state;
    // Where the run before ended: its last hour.
    const steps = Math.max(0, ...Object.values(next));
    this.counts = { published: 0, acknowledged: 0, time: startAt + Math.max(0, steps - 1) * hourMs };
  }

  /** How many of the first `steps` of all boreholes the gateway does not have. */
  missingOf(steps: number): number {
    const { next } = this.#options.state;
    return boreholes.reduce((sum, { id }) => sum + Math.max(0, steps - (next[id] ?? 0)), 0);
  }

  /** Publishes the first `steps` as fast as they are taken. */
  async fillIn(steps: number): Promise<void> {
    await this.#publish((borehole, from) => arriving(borehole, from, steps));
  }

  /** Goes on from there until the signal. */
  async goOn(): Promise<void> {
    const { signal } = this.#options;
    await this.#publish((borehole, from) =>
      untilNow(
        pace(arriving(borehole, from, Number.POSITIVE_INFINITY), { speed: liveSpeed, signal }),
        signal,
      ),
    );
  }

  async #publish(stepsOf: (borehole: Borehole, from: number) => Steps): Promise<void> {
    const { brokerUrl, state, signal } = this.#options;
    const { counts } = this;
    await Promise.all(
      boreholes.map(({ id, seed, profile, faults }) => {
        const borehole = createBorehole({ seed, startAt: state.startAt, profile, faults });
        return publishReadings(counted(stepsOf(borehole, state.next[id] ?? 0), counts), {
          brokerUrl,
          sensor: id,
          window: 500,
          signal,
          unreachableAfterMs: Number.POSITIVE_INFINITY,
          onAcknowledged: ({ index, measuredAt }) => {
            counts.acknowledged++;
            counts.time = Math.max(counts.time, measuredAt);
            state.next[id] = Math.max(state.next[id] ?? 0, index + 1);
          },
        });
      }),
    );
  }
}

function* arriving(borehole: Borehole, from: number, to: number): Generator<Step> {
  for (const { index, measuredAt, values } of borehole.readings(from)) {
    if (index >= to) return;
    yield { index, measuredAt, values: { ...values } };
  }
}

/** When the demo's time has met the present, it goes on at the pace of the present. */
async function* untilNow(steps: AsyncIterable<Step>, signal: AbortSignal): AsyncGenerator<Step> {
  for await (const step of steps) {
    for (let early = step.measuredAt - Date.now(); early > 0; early = step.measuredAt - Date.now()) {
      await wait(Math.min(early, hourMs), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
    yield step;
  }
}

async function* counted(steps: Steps, counts: { published: number }): AsyncGenerator<Step> {
  for await (const step of steps) {
    counts.published++;
    yield step;
  }
}
