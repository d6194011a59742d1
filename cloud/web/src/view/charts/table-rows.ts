// The rows of the table beside the charts: one for each reading, or for each stretch of thinned ones.
import type { PropertyAnswer } from '../../../../src/api/answer/answers.ts';
import type { Loaded } from '../../client/load-readings.ts';
import { describeFlag } from '../../format/flag.ts';
import { formatValue } from '../../format/number.ts';

export interface TableRow {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly cells: readonly {
    readonly name: string;
    readonly text: string;
    readonly flag: number;
    readonly words: string;
  }[];
}

/** In order of time. */
export function tableRows(loaded: Loaded | undefined, properties: readonly PropertyAnswer[]): TableRow[] {
  const stretches = (loaded?.thinned?.buckets ?? []).map(({ start, values }) => ({
    key: start,
    time: Date.parse(start),
    cells: properties.map(({ name, resolution }) => {
      const { min = null, max = null, flag } = values[name] ?? {};
      const text = min === null ? '' : `${formatValue(min, resolution)} to ${formatValue(max, resolution)}`;
      return { name, text, flag: flag ?? 1, words: `worst ${describeFlag(flag ?? 1, undefined)}` };
    }),
  }));
  const readings = (loaded?.readings ?? []).map((reading) => ({
    key: `${reading.origin} ${reading.seq}`,
    time: Date.parse(reading.measuredAt),
    cells: properties.map(({ name, resolution }) => {
      const flag = reading.flags[name] ?? 1;
      const value = reading.values[name];
      const text = value === undefined ? '' : formatValue(value, resolution);
      return { name, text, flag, words: describeFlag(flag, reading.causes[name]) };
    }),
  }));
  return [...stretches, ...readings];
}
