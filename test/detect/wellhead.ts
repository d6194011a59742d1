// Our detector, reading by reading.
import { createSensorDetector } from '../../cloud/src/analysis/detector/local/create-sensor-detector.ts';
import { wellhead } from './parameters.ts';
import type { Series } from './series.ts';
import type { FoundEvent } from './system.ts';

/** Pushes all readings, in order, and takes the events as they stand at the end. */
export function runWellhead(series: Series): FoundEvent[] {
  const { properties, interval, times, values, flags, causes } = series;
  const detector = createSensorDetector({ properties, interval, alarmsPerYear: wellhead.alarmsPerYear });
  const row = new Float64Array(properties.length);
  for (let i = 0; i < times.length; i++) {
    for (let p = 0; p < row.length; p++) row[p] = values[p]![i]!;
    detector.push(times[i]!, row, flags?.[i], causes?.[i]);
  }
  return detector.events().map(({ end, peak: _, score, evidence, ...event }) => ({
    ...event,
    end: end ?? times.at(-1)!,
    text: [`score ${score.toFixed(1)}`, ...evidence.map(({ detector: by, text }) => `${by}: ${text}`)].join(
      '; ',
    ),
  }));
}
