// One reading as people and other programs see it, with the key that names it for ever.
import { type Block, clockStates, type Row } from './block.ts';
import { causeName } from './cause.ts';
import type { Flag } from './flag.ts';
import { isoTime } from './iso-time.ts';
import { type Value, valueAt } from './value.ts';

/** Names one reading for ever: no outage, restart, clock jump or re-send changes it. */
export interface ReadingKey {
  readonly origin: string;
  readonly sensor: string;
  readonly seq: number;
}

/** One reading as people and other programs see it (the JSON form). Times are ISO 8601, UTC. */
export interface Reading extends ReadingKey {
  readonly site: string;
  readonly type: string;
  readonly revision: number;
  readonly measuredAt: string;
  readonly receivedAt: string;
  readonly clock: keyof typeof clockStates;
  readonly time: { readonly flag: Flag; readonly cause?: string };
  readonly values: Readonly<Record<string, Value>>;
  readonly flags: Readonly<Record<string, Flag>>;
  readonly causes: Readonly<Record<string, string>>;
}

const clockNames = Object.keys(clockStates) as (keyof typeof clockStates)[];

export function clockName(state: number): keyof typeof clockStates {
  return clockNames[state] ?? 'unsynchronised';
}

/** The readings of a block in their JSON form. */
export function readingsOf(block: Block, site: string, origin: string): Reading[] {
  return rowsOf(block).map((row) => {
    const values: Record<string, Value> = {};
    const flagged: Record<string, Flag> = {};
    const caused: Record<string, string> = {};
    block.properties.forEach((property, p) => {
      const value = row.values[p];
      if (value === undefined) return;
      values[property] = value;
      flagged[property] = row.flags[p]!;
      if (row.causes[p] !== 0) caused[property] = causeName(row.causes[p]!);
    });
    return {
      origin,
      sensor: block.sensor,
      seq: row.seq,
      site,
      type: block.type,
      revision: row.revision,
      measuredAt: isoTime(row.measuredAt),
      receivedAt: isoTime(row.receivedAt),
      clock: clockName(row.clock),
      time:
        row.timeCause === 0
          ? { flag: row.timeFlag }
          : { flag: row.timeFlag, cause: causeName(row.timeCause) },
      values,
      flags: flagged,
      causes: caused,
    };
  });
}

/** The readings of a block as rows; the inverse of `blockOf`. */
export function rowsOf(block: Block): Row[] {
  const rows = new Array<Row>(block.count);
  const width = block.properties.length;
  for (let i = 0; i < block.count; i++) {
    const values = new Array<Value | undefined>(width);
    const flagged = new Array<Flag>(width);
    const caused = new Array<number>(width);
    for (let p = 0; p < width; p++) {
      values[p] = valueAt(block.values[p]!, i);
      flagged[p] = block.flags[p]![i] as Flag;
      caused[p] = block.causes[p]![i]!;
    }
    rows[i] = {
      seq: block.seqs[i]!,
      revision: block.revisions[i]!,
      measuredAt: block.measuredAt[i]!,
      receivedAt: block.receivedAt[i]!,
      clock: block.clocks[i] as Row['clock'],
      timeFlag: block.timeFlags[i] as Flag,
      timeCause: block.timeCauses[i]!,
      values,
      flags: flagged,
      causes: caused,
    };
  }
  return rows;
}
