// The body of a feed to its readings, in the order they stand in it: JSON, XML or CSV.
import type { SensorType, Value } from '@wellhead/protocol';
import { readCell } from './cell.ts';
import { type Decoded, usualTimeNames } from './message.ts';
import { follow, type Path } from './path.ts';
import { isHeading, layOut, needsHeading, readRow, splitLine, type TableMapping } from './table-row.ts';
import type { ReadTime } from './time-format.ts';
import { readXml, xmlText } from './xml-tree.ts';

/** Where in JSON or XML the records stand, and what stands where in a record. */
export interface TreeMapping {
  readonly format: 'json' | 'xml';
  /** Left out: the whole body. */
  readonly records?: Path | undefined;
  /** Left out: one of the usual names. */
  readonly time?: Path | undefined;
  readonly values: readonly (Path | undefined)[];
  readonly readTime: ReadTime;
}

export interface CsvMapping extends TableMapping {
  readonly format: 'csv';
  /** Lines before the table. */
  readonly skip: number;
}

export type FeedMapping = TreeMapping | CsvMapping;

/** One record, with the text it stands for, to be kept where it is no reading. */
export interface FeedRecord {
  readonly decoded: Decoded;
  readonly text: () => string;
}

/** Readings that one answer may have: a year of hours. */
const maxRecords = 10_000;
const usualPaths: readonly Path[] = usualTimeNames.map(([name]) => [{ name }]);

/** The records of a body; or why none can be had. */
export function readFeed(
  body: string,
  mapping: FeedMapping,
  type: SensorType,
): readonly FeedRecord[] | Extract<Decoded, { reason: unknown }> {
  const records = mapping.format === 'csv' ? readTable(body, mapping, type) : readTree(body, mapping, type);
  if (Array.isArray(records) && records.length > maxRecords)
    return {
      reason: 'bad-frame',
      detail: `${records.length} records are more than the ${maxRecords} expected`,
    };
  return records;
}

type Records = ReturnType<typeof readFeed>;

function readTable(body: string, mapping: CsvMapping, type: SensorType): Records {
  const lines = body.split(/\r?\n/).slice(mapping.skip);
  const rows = lines.flatMap((line) => (line.trim() === '' ? [] : [line]));
  const heading = needsHeading(mapping) ? splitLine(rows.shift() ?? '', mapping.delimiter) : undefined;
  const layout = layOut(mapping, heading);
  if ('lacks' in layout)
    return { reason: 'bad-frame', detail: `the heading has no column ${layout.lacks}: ${heading}` };
  const first = splitLine(rows[0] ?? '', mapping.delimiter);
  if (first !== undefined && isHeading(first, mapping)) rows.shift();
  return rows.map((line) => {
    const cells = splitLine(line, mapping.delimiter);
    const decoded: Decoded =
      cells === undefined
        ? { reason: 'bad-frame', detail: 'a quote is not closed' }
        : readRow(cells, layout, type, mapping);
    return { decoded, text: () => line };
  });
}

function readTree(body: string, mapping: TreeMapping, type: SensorType): Records {
  let tree: unknown;
  try {
    tree = mapping.format === 'json' ? JSON.parse(body) : readXml(body);
  } catch (error) {
    return { reason: mapping.format === 'json' ? 'bad-json' : 'bad-frame', detail: (error as Error).message };
  }
  const found = mapping.records === undefined ? tree : follow(tree, mapping.records);
  if (typeof found !== 'object' || found === null)
    return { reason: 'no-value', detail: 'there are no records where they should stand' };
  return (Array.isArray(found) ? found : [found]).flatMap((record: unknown) =>
    expandColumns(record, mapping).map((cells) => ({
      decoded: readRecord(cells, mapping, type),
      text: () => JSON.stringify(record).slice(0, 4_096),
    })),
  );
}

interface Cells {
  readonly time: unknown;
  readonly values: readonly unknown[];
}

/** A record whose time is a list has a list for each property, side by side: so many readings. */
function expandColumns(record: unknown, { time, values }: TreeMapping): readonly Cells[] {
  const paths = time === undefined ? usualPaths : [time];
  const times = paths.map((path) => xmlText(follow(record, path))).find((found) => found !== undefined);
  const read = values.map((path) => (path === undefined ? undefined : xmlText(follow(record, path))));
  if (!Array.isArray(times)) return [{ time: times, values: read }];
  return times.map((one: unknown, i) => ({
    time: one,
    values: read.map((list) => (Array.isArray(list) ? list[i] : undefined)),
  }));
}

function readRecord({ time, values }: Cells, mapping: TreeMapping, type: SensorType): Decoded {
  const read: (Value | undefined)[] = [];
  let named = 0;
  for (const [p, property] of type.properties.entries()) {
    const value = values[p];
    if (value !== undefined) named++;
    if (typeof value === 'object' && value !== null)
      return { reason: 'bad-value', detail: `${property.name} is not a single value` };
    // XML is text throughout, and in JSON too some sources write numbers as text.
    read.push(typeof value === 'string' ? readCell(value, property) : (value as Value | undefined));
  }
  if (named === 0) return { reason: 'no-value', detail: 'none of the properties is in the record' };
  if (time === undefined)
    return mapping.time === undefined
      ? { values: read }
      : { reason: 'bad-time', detail: 'the record has no time where it should stand' };
  const measuredAt = mapping.readTime(time);
  if (measuredAt === undefined)
    return { reason: 'bad-time', detail: `the time is ${JSON.stringify(time).slice(0, 40)}` };
  return { measuredAt, values: read };
}
