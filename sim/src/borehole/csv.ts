// Simulated readings as lines of CSV, as a person or a logger would have them.
import type { BoreholeReading } from './borehole.ts';
import { decimals, type GroundwaterProperty, groundwaterProperties } from './profile.ts';

/** How a file of readings is laid out: with a header and ISO times, or bare as a logger delivers it. */
export type CsvLayout = 'header' | 'logger';

/** The first line of a file with a header, without line end. `truth` adds one column a property, and the process. */
export function csvHeader(truth: boolean): string {
  const names: string[] = ['measuredAt', ...groundwaterProperties];
  if (truth) names.push(...groundwaterProperties.map((property) => `${property}_fault`), 'process');
  return names.join(',');
}

/** One reading as a line, without line end. */
export function csvLine(reading: BoreholeReading, layout: CsvLayout, truth: boolean): string {
  const time = new Date(reading.measuredAt).toISOString();
  const cells = layout === 'header' ? [time] : [time.slice(0, 10), time.slice(11, 19)];
  for (const property of groundwaterProperties) cells.push(cellOf(property, reading.values[property]));
  if (truth) {
    for (const property of groundwaterProperties) cells.push(reading.truth[property] ?? '');
    cells.push(reading.truth.process ?? '');
  }
  return cells.join(',');
}

function cellOf(property: GroundwaterProperty, value: number | string): string {
  return typeof value === 'number' ? value.toFixed(decimals[property]) : value;
}
