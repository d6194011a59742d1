// The detector beside S-H-ESD on one column of a file: readings in, episodes out.
import { readSensorTypes } from '@wellhead/host';
import { createQuality, hourMs, type Property, type SensorType } from '@wellhead/protocol';
import { createSensorDetector } from '../analysis/detector/wellhead/create-sensor-detector.ts';
import { placeOf } from '../analysis/fault/measured.ts';
import { median } from '../analysis/mathematics/median.ts';
import { TableProblem } from '../analysis/table/table-problem.ts';
import type { DetectedEvent } from '../event/event.ts';

export interface Column {
  readonly name: string;
  /** NaN where there is none. */
  readonly values: Float64Array;
  /** ms since 1970; left out, rows are an hour apart, or a day holds `period` of them. */
  readonly times: Float64Array | undefined;
}

export interface EventOptions {
  readonly period?: number;
  readonly alarmsPerYear: number;
  /** Name of a sensor type, and which of its properties the column is: quality tests come first then. */
  readonly type?: string;
  readonly property?: string;
}

/** An episode by rows of the file, from 0, both ends included. */
export interface RowEvent {
  readonly start: number;
  readonly end: number;
  readonly peak: number;
  /** Rows in it that have a value. */
  readonly count: number;
  /** The row at which it was first known. */
  readonly decided: number;
  readonly isOpen: boolean;
  readonly event: DetectedEvent;
}

export interface FoundEvents {
  readonly events: readonly RowEvent[];
  /** Rows that were not later than the one before. */
  readonly leftOut: number;
}

/**
 * Row by row and never ahead, as in the cloud. Rows that are not later than the one before are left out.
 * @throws TableProblem for a type or property that is not there
 */
export function findEvents({ name, values, times }: Column, options: EventOptions): FoundEvents {
  const property = options.type === undefined ? undefined : findProperty(options, name);
  const step = options.period === undefined ? hourMs : (24 * hourMs) / options.period;
  const at = times ?? Float64Array.from(values, (_, i) => i * step);
  const interval = times === undefined ? step : usualStep(times);
  const quality =
    property === undefined
      ? undefined
      : createQuality({ type: { ...property.type, properties: [property.property] } });
  const { resolution, unit = '', title = name } = property?.property ?? {};
  const detector = createSensorDetector({
    properties: [{ name, title, unit, ...(resolution !== undefined && { resolution }) }],
    interval,
    alarmsPerYear: options.alarmsPerYear,
  });
  const rows: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const time = at[i]!;
    if (time <= last) continue;
    last = time;
    rows.push(i);
    const value = values[i]!;
    const judged = quality?.assess(time, time, [Number.isNaN(value) ? undefined : value]);
    detector.push(time, [value], judged?.flags, judged?.causes as Parameters<typeof detector.push>[3]);
  }
  const leftOut = values.length - rows.length;
  if (leftOut > values.length / 2)
    throw new TableProblem(
      `${leftOut} of ${values.length} rows are not later than the one before. Sort the file by time, or choose another --time.`,
    );
  const rowTimes = Float64Array.from(rows, (row) => at[row]!);
  const row = (time: number) => rows[placeOf(rowTimes, time)] ?? rows.at(-1)!;
  return { events: detector.events().map((event) => inRows(event, row, values)), leftOut };
}

function findProperty({ type: wanted, property: chosen }: EventOptions, column: string) {
  const { types } = readSensorTypes([]);
  const type: SensorType | undefined = types.get(wanted!);
  if (type === undefined)
    throw new TableProblem(`There is no sensor type ${wanted}. There are: ${[...types.keys()].join(', ')}.`);
  const name = chosen ?? column;
  const property: Property | undefined = type.properties.find((one) => one.name === name);
  if (property === undefined) {
    const names = type.properties.map((one) => one.name).join(', ');
    throw new TableProblem(`${wanted} has no property ${name}. Say with --property which it is: ${names}.`);
  }
  return { type, property };
}

function usualStep(times: Float64Array): number {
  const steps = times
    .subarray(1)
    .map((time, i) => time - times[i]!)
    .filter((ms) => ms > 0);
  if (steps.length === 0) throw new TableProblem('The times do not go forward: choose another --time.');
  return median(steps);
}

function inRows(event: DetectedEvent, row: (time: number) => number, values: Float64Array): RowEvent {
  const start = row(event.start);
  const end = row(event.end ?? Number.POSITIVE_INFINITY);
  const count = values
    .subarray(start, end + 1)
    .reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  return {
    start,
    end,
    peak: row(event.peak),
    count,
    decided: row(event.decidedAt),
    isOpen: event.end === undefined,
    event,
  };
}
