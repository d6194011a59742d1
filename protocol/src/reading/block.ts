// Readings of one sensor side by side, in the form that journal, batch, log and store share.
import type { Flag } from './flag.ts';
import { columnOf, type Value, type ValueColumn } from './value.ts';

/** How far a reading's clock could be trusted when the reading was taken. */
export const clockStates = { unsynchronised: 0, synchronised: 1, corrected: 2 } as const;
export type ClockState = (typeof clockStates)[keyof typeof clockStates];

/**
 * One reading beside its block's property list: `values[p]`, `flags[p]` and `causes[p]` belong to
 * `properties[p]`. `timeFlag` and `timeCause` judge the reading's time. Times are milliseconds since 1970, UTC.
 */
export interface Row {
  seq: number;
  revision: number;
  measuredAt: number;
  receivedAt: number;
  clock: ClockState;
  timeFlag: Flag;
  timeCause: number;
  values: (Value | undefined)[];
  flags: Flag[];
  causes: number[];
}

/**
 * Readings of one sensor, column by column: the unit that journal, batch, log and store handle.
 * All columns have `count` entries. `rules` names the quality rules that set the flags.
 */
export interface Block {
  readonly sensor: string;
  readonly type: string;
  readonly rules: string;
  readonly properties: readonly string[];
  readonly count: number;
  readonly seqs: Float64Array;
  readonly revisions: Float64Array;
  readonly measuredAt: Float64Array;
  readonly receivedAt: Float64Array;
  readonly clocks: Uint8Array;
  readonly timeFlags: Uint8Array;
  readonly timeCauses: Uint8Array;
  readonly values: readonly ValueColumn[];
  readonly flags: readonly Uint8Array[];
  readonly causes: readonly Uint8Array[];
}

export interface BlockHead {
  readonly sensor: string;
  readonly type: string;
  readonly rules: string;
  readonly properties: readonly string[];
}

export function blockOf(head: BlockHead, rows: readonly Row[]): Block {
  const count = rows.length;
  const numbers = (pick: (row: Row) => number) => {
    const out = new Float64Array(count);
    for (let i = 0; i < count; i++) out[i] = pick(rows[i]!);
    return out;
  };
  const bytes = (pick: (row: Row) => number) => {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i++) out[i] = pick(rows[i]!);
    return out;
  };
  return {
    sensor: head.sensor,
    type: head.type,
    rules: head.rules,
    properties: head.properties,
    count,
    seqs: numbers((row) => row.seq),
    revisions: numbers((row) => row.revision),
    measuredAt: numbers((row) => row.measuredAt),
    receivedAt: numbers((row) => row.receivedAt),
    clocks: bytes((row) => row.clock),
    timeFlags: bytes((row) => row.timeFlag),
    timeCauses: bytes((row) => row.timeCause),
    values: head.properties.map((_, p) => columnOf(count, (i) => rows[i]!.values[p])),
    flags: head.properties.map((_, p) => bytes((row) => row.flags[p]!)),
    causes: head.properties.map((_, p) => bytes((row) => row.causes[p]!)),
  };
}
