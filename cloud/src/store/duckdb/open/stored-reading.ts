// A reading as people and programs see it, put together from a row of a table or from a block.
import {
  type Block,
  causeName,
  clockName,
  type Flag,
  isoTime,
  lanes,
  type Value,
  valueAt,
} from '@wellhead/protocol';
import type { StoredBatch, StoredReading } from '../../reading-store.ts';

/** One row of a table, or one reading of a block, before it takes the form that people see. */
export interface ReadingParts {
  readonly site: string;
  readonly sensor: string;
  readonly type: string;
  readonly gateway: string;
  readonly origin: string;
  readonly seq: number;
  readonly revision: number;
  readonly measuredAt: number;
  readonly receivedAt: number;
  readonly storedAt: number;
  readonly clock: number;
  readonly timeFlag: number;
  readonly timeCause: number;
  readonly historical: boolean;
  readonly properties: readonly string[];
  readonly valueOf: (place: number) => Value | undefined;
  readonly flagOf: (place: number) => number;
  readonly causeOf: (place: number) => number;
}

export function storedReading(parts: ReadingParts): StoredReading {
  const values: Record<string, Value> = {};
  const flags: Record<string, Flag> = {};
  const causes: Record<string, string> = {};
  const { properties, timeCause } = parts;
  const timeFlag = parts.timeFlag as Flag;
  for (let place = 0; place < properties.length; place++) {
    const value = parts.valueOf(place);
    if (value === undefined) continue;
    const property = properties[place]!;
    values[property] = value;
    flags[property] = parts.flagOf(place) as Flag;
    const cause = parts.causeOf(place);
    if (cause !== 0) causes[property] = causeName(cause);
  }
  return {
    site: parts.site,
    sensor: parts.sensor,
    type: parts.type,
    gateway: parts.gateway,
    origin: parts.origin,
    seq: parts.seq,
    revision: parts.revision,
    measuredAt: isoTime(parts.measuredAt),
    receivedAt: isoTime(parts.receivedAt),
    storedAt: isoTime(parts.storedAt),
    historical: parts.historical,
    clock: clockName(parts.clock),
    time: timeCause === 0 ? { flag: timeFlag } : { flag: timeFlag, cause: causeName(timeCause) },
    values,
    flags,
    causes,
  };
}

/** The reading at `index` of a block, as a query would return it. */
export function readingAt(batch: StoredBatch, block: Block, index: number): StoredReading {
  return storedReading({
    site: batch.site,
    sensor: block.sensor,
    type: block.type,
    gateway: batch.gateway,
    origin: batch.origin,
    seq: block.seqs[index]!,
    revision: block.revisions[index]!,
    measuredAt: block.measuredAt[index]!,
    receivedAt: block.receivedAt[index]!,
    storedAt: batch.storedAt,
    clock: block.clocks[index]!,
    timeFlag: block.timeFlags[index]!,
    timeCause: block.timeCauses[index]!,
    historical: lanes[batch.lane] === lanes.historical,
    properties: block.properties,
    valueOf: (place) => valueAt(block.values[place]!, index),
    flagOf: (place) => block.flags[place]![index]!,
    causeOf: (place) => block.causes[place]![index]!,
  });
}
