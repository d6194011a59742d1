// The way of a reading inside the gateway: clock, quality, journal. What comes back is durable.
import {
  type Assessment,
  type BlockHead,
  type ClockState,
  createQuality,
  type Quality,
  type QualitySettings,
  type SensorType,
  WellheadError,
} from '@wellhead/protocol';
import type { DeadLetters } from '../journal/dead-letters.ts';
import type { Journal } from '../journal/journal.ts';
import type { Intake } from '../reading/intake-port.ts';
import type { BadInput, RawReading } from '../reading/raw-reading.ts';
import { RepeatFilter, repeatKey } from './repeat-filter.ts';

export interface IntakeSensor {
  readonly id: string;
  readonly type: SensorType;
  readonly quality?: Readonly<Record<string, QualitySettings>> | undefined;
}

export interface IntakeOptions {
  readonly sensors: readonly IntakeSensor[];
  readonly journal: Journal;
  readonly deadLetters: DeadLetters;
  readonly now: () => number;
  readonly clockState: () => ClockState;
  /** While true nothing new is taken: the journal's room is used up. */
  readonly isFull: () => boolean;
  readonly count: (name: IntakeCounter, amount?: number, label?: string) => void;
}

export type IntakeCounter = 'readings_accepted_total' | 'readings_repeated_total' | 'dead_letters_total';

interface Instrument {
  readonly head: BlockHead;
  readonly quality: Quality;
  readonly repeats: RepeatFilter<Assessment>;
}

/** As many as a sensor can have unacknowledged without being out of the ordinary; see docs/technician.md. */
const rememberedReadings = 2_048;

/** Opens the intake; reads the newest readings back, so that quality and repeats go on where they were. */
export async function openIntake(options: IntakeOptions): Promise<Intake> {
  const instruments = new Map<string, Instrument>();
  for (const sensor of options.sensors)
    instruments.set(sensor.id, await openInstrument(sensor, options.journal));
  const { journal, deadLetters, now, clockState, isFull, count } = options;

  return {
    accept(reading: RawReading): Promise<void> {
      const { head, quality, repeats } = instruments.get(reading.sensor)!;
      const receivedAt = now();
      const measuredAt = reading.measuredAt ?? receivedAt;
      const key = repeatKey(measuredAt, reading.values);
      // Without a time of its own a reading cannot be told from the next one with the same values.
      const earlier = reading.measuredAt === undefined ? undefined : repeats.repeated(key);
      if (earlier !== undefined) {
        count('readings_repeated_total');
        return earlier;
      }
      if (isFull()) {
        return Promise.reject(
          new WellheadError(
            'JOURNAL_WRITE',
            'the room for the journal is used up by readings that are not delivered',
            {
              hint: 'Restore the link to the cloud, or raise journal.budget; sensors keep their readings until then.',
            },
          ),
        );
      }
      const judgement = repeats.judgedBefore(key) ?? quality.assess(measuredAt, receivedAt, reading.values);
      const durable = journal.append({
        head,
        row: {
          seq: 0,
          revision: 0,
          measuredAt,
          receivedAt,
          clock: clockState(),
          values: reading.values,
          timeFlag: judgement.timeFlag,
          timeCause: judgement.timeCause,
          flags: judgement.flags,
          causes: judgement.causes,
        },
      });
      repeats.rememberPending(key, durable, judgement);
      count('readings_accepted_total');
      return durable;
    },
    async refuse(input: BadInput): Promise<void> {
      count('dead_letters_total', 1, input.reason);
      await deadLetters.keep(input, now());
    },
  };
}

async function openInstrument(sensor: IntakeSensor, journal: Journal): Promise<Instrument> {
  const quality = createQuality({
    type: sensor.type,
    ...(sensor.quality === undefined ? {} : { site: sensor.quality }),
  });
  const head: BlockHead = {
    sensor: sensor.id,
    type: sensor.type.type,
    rules: quality.rules,
    properties: sensor.type.properties.map(({ name }) => name),
  };
  const repeats = new RepeatFilter<Assessment>(rememberedReadings);
  for (const row of await journal.tail(sensor.id, rememberedReadings)) {
    if (row.values.length !== head.properties.length) continue;
    quality.assess(row.measuredAt, row.receivedAt, row.values);
    repeats.remember(repeatKey(row.measuredAt, row.values));
  }
  return { head, quality, repeats };
}
