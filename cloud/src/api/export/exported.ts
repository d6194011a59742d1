// What an export is of: one sensor or all of a site, with the properties of them all.
import type { ReadingStore } from '../../store/reading-store.ts';
import type { ReadingTable } from '../../store/reading-table.ts';
import type { SensorAnswer } from '../answer/answers.ts';
import type { ApiContext } from '../http/api.ts';
import { findSensor, findSensors } from '../request/find-sensor.ts';
import { knownProperties } from '../request/known-properties.ts';
import { type AskedRange, rangeOf } from '../request/range.ts';
import { refuseMixedUnits } from './mixed-units.ts';

/** The columns of a file beside those that every reading has. */
export interface Layout {
  readonly properties: readonly string[];
  /** Whether each row names its sensor, as where a file holds several. */
  readonly namesSensor: boolean;
}

export interface Exported extends Layout {
  readonly site: string;
  readonly sensors: readonly SensorAnswer[];
}

export interface ExportAsked extends AskedRange {
  readonly site: string;
  /** Left out: all of the site. */
  readonly sensor?: string | undefined;
  readonly properties?: readonly string[] | undefined;
}

/** Some readings of the sensor that is named. */
export interface SensorTable {
  readonly sensor: string;
  readonly table: ReadingTable;
}

/** @throws ApiProblem UNKNOWN_SENSOR, BAD_PARAMETER, MIXED_UNITS */
export async function whatToExport(context: ApiContext, asked: ExportAsked): Promise<Exported> {
  const { site, sensor } = asked;
  const namesSensor = sensor === undefined;
  const sensors = namesSensor ? await findSensors(context, site) : [await findSensor(context, site, sensor)];
  const properties = knownProperties(asked.properties, sensor ?? site, sensors);
  refuseMixedUnits(site, sensors, properties);
  return { site, sensors, namesSensor, properties };
}

/** One sensor after another, each in the order of time. */
export async function* exportedTables(
  store: ReadingStore,
  { site, sensors, properties }: Exported,
  range: AskedRange,
): AsyncGenerator<SensorTable> {
  for (const { sensor } of sensors)
    for await (const table of store.scan({ site, sensor, properties, ...rangeOf(range) }))
      yield { sensor, table };
}
