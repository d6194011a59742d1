// Readings of the groundwater type, judged on arrival as a gateway does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cause, createQuality, type Flag, parseSensorType, type Value } from '@wellhead/protocol';
import { repository } from '../../test/harness/program.ts';
import type { Series } from './series.ts';

const file = 'groundwater.yaml';
const type = parseSensorType(readFileSync(join(repository, 'protocol/sensor-types', file), 'utf8'), file);

export interface RawReading {
  readonly time: number;
  /** In the order of the type's properties, as the instrument says them. */
  readonly values: readonly Value[];
}

type Readings = Pick<Series, 'properties' | 'interval' | 'times' | 'values' | 'flags' | 'causes'>;

/** Flags the readings and puts them into columns. A time that does not go forward has no place in a series. */
export function groundwaterReadings(raw: Iterable<RawReading>): Readings {
  const quality = createQuality({ type });
  const kept: RawReading[] = [];
  const flags: Flag[][] = [];
  const causes: Cause[][] = [];
  for (const reading of raw) {
    const said = quality.assess(reading.time, reading.time, reading.values);
    if (kept.length > 0 && reading.time <= kept.at(-1)!.time) continue;
    kept.push(reading);
    flags.push(said.flags);
    causes.push(said.causes as Cause[]);
  }
  return {
    properties: type.properties.map(({ name, title, unit, resolution }) => ({
      name,
      title,
      unit,
      ...(resolution !== undefined && { resolution }),
    })),
    interval: type.interval,
    times: Float64Array.from(kept, ({ time }) => time),
    values: type.properties.map((_, p) =>
      Float64Array.from(kept, ({ values }) => {
        const value = values[p];
        return typeof value === 'number' ? value : Number.NaN;
      }),
    ),
    flags,
    causes,
  };
}
