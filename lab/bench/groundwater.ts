// Five-property readings for the bench: the generated borehole, repeated with new times.
import { type Block, blockOf, type Row } from '@wellhead/protocol';
import { createBorehole } from '../../sim/src/borehole/borehole.ts';

export const properties = ['sec', 'ph', 'water_level', 'water_temperature', 'total_dissolved_gas'] as const;

const hourMs = 3_600_000;
const start = Date.UTC(2017, 0, 1);
const cycle = 4_096;
const steps = (() => {
  const borehole = createBorehole({ seed: 7, startAt: start });
  return Array.from({ length: cycle }, (_, i) => ({ ...borehole.at(i).values }) as Record<string, number>);
})();

export function valuesAt(index: number): Record<string, number> {
  return steps[index % cycle]!;
}

export function timeAt(index: number): number {
  return start + index * hourMs;
}

/** What a sensor publishes for a step. */
export function payloadAt(index: number): string {
  return JSON.stringify({ measuredAt: new Date(timeAt(index)).toISOString(), ...valuesAt(index) });
}

/** A block of `count` hourly readings from step `first` on; seqs begin at `first` + 1. */
export function blockAt(
  sensor: string,
  first: number,
  count: number,
  names: readonly string[] = properties,
): Block {
  const rows: Row[] = [];
  for (let i = first; i < first + count; i++) {
    rows.push({
      seq: i + 1,
      revision: 0,
      measuredAt: timeAt(i),
      receivedAt: timeAt(i) + 5 + (i % 3),
      clock: 1,
      timeFlag: 1,
      timeCause: 0,
      values: names.map((name) => valuesAt(i)[name]),
      flags: names.map(() => 1 as const),
      causes: names.map(() => 0),
    });
  }
  return blockOf({ sensor, type: 'groundwater', rules: 'groundwater@1', properties: names }, rows);
}
