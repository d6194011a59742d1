// What S-H-ESD would be worth behind a gateway that knows faults.
import { flags as quality } from '@wellhead/protocol';
import type { Series } from './series.ts';
import type { FoundEvent } from './system.ts';

/**
 * The values without faults: where the sensor's type is known those flagged bad or missing, else those inside
 * the fault events of our detector as they stand at the end (it may so know more than a run could have known
 * in its time; that is to the advantage of S-H-ESD). A channel without faults is the same array.
 */
export function maskFaults(
  series: Series,
  detect: (series: Series) => readonly FoundEvent[],
): readonly Float64Array[] {
  const { flags } = series;
  const faults = flags === undefined ? detect(series).filter(({ kind }) => kind === 'fault') : [];
  return series.values.map((values, p) => {
    const { name } = series.properties[p]!;
    const here = faults.filter(({ properties }) => properties.includes(name));
    const isFault = (i: number) =>
      flags === undefined
        ? here.some(({ start, end }) => series.times[i]! >= start && series.times[i]! <= end)
        : flags[i]![p]! === quality.bad || flags[i]![p]! === quality.missing;
    if (!values.some((_, i) => isFault(i))) return values;
    return values.map((value, i) => (isFault(i) ? Number.NaN : value));
  });
}
