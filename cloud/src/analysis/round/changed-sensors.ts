// Which sensors have something new, from the entries of the log.
import { flags, isNamedOrigin, RangeSet } from '@wellhead/protocol';
import { readableBatches, type StoredBatch } from '../../log/decode-entry.ts';
import type { LogEntry } from '../../log/reading-log.ts';
import type { SensorSummary } from '../../store/reading-store.ts';
import { quarterOf } from '../worker/quarter.ts';

/** New readings of one sensor. */
export interface SensorMark {
  readonly site: string;
  readonly sensor: string;
  /** Of the newest batch. */
  storedAt: number;
  /** Times of readings: the least and, for half-open ranges, what is just above the greatest. */
  from: number;
  to: number;
  readonly quarters: Set<number>;
  /** By origin; those whose seq is a time are not held as ranges anywhere, and are left empty. */
  readonly seqs: Map<string, RangeSet>;
}

/** ChangedSensors by `site/sensor`. What cannot be read is the indexer's to report. */
export function marksOf(entries: readonly LogEntry[]): Map<string, SensorMark> {
  const changedSensors = new Map<string, SensorMark>();
  for (const batch of readableBatches(entries)) addBatch(changedSensors, batch);
  return changedSensors;
}

function addBatch(changedSensors: Map<string, SensorMark>, batch: StoredBatch): void {
  const { site, origin, storedAt, seqIsTime } = batch;
  for (const { sensor, count, seqs, measuredAt, timeFlags } of batch.blocks) {
    const key = `${site}/${sensor}`;
    for (let i = 0; i < count; i++) {
      if (timeFlags[i] === flags.bad) continue;
      const mark = changedSensors.get(key) ?? newMark(site, sensor, storedAt);
      changedSensors.set(key, mark);
      const time = measuredAt[i]!;
      mark.storedAt = Math.max(mark.storedAt, storedAt);
      mark.from = Math.min(mark.from, time);
      mark.to = Math.max(mark.to, Math.floor(time) + 1);
      mark.quarters.add(quarterOf(time));
      const held = mark.seqs.get(origin) ?? new RangeSet();
      mark.seqs.set(origin, held);
      if (!seqIsTime) held.add(seqs[i]!, seqs[i]!);
    }
  }
}

function newMark(site: string, sensor: string, storedAt: number): SensorMark {
  return {
    site,
    sensor,
    storedAt,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
    quarters: new Set<number>(),
    seqs: new Map(),
  };
}

/**
 * Whether the store holds what is marked: by its keys; or, where keys do not tell, because it has written something
 * newer of the sensor.
 */
export function isStored({ storedAt, seqs }: SensorMark, summary: SensorSummary | undefined): boolean {
  if (summary === undefined) return false;
  if (summary.lastStoredAt > storedAt) return true;
  return [...seqs].every(([origin, { ranges, last }]) => {
    if (isNamedOrigin(origin)) return summary.lastStoredAt === storedAt;
    const known = summary.origins.find((one) => one.origin === origin);
    if (known === undefined || known.highest < last) return false;
    return !known.missing.some(([from, to]) => ranges.some(([low, high]) => low <= to && from <= high));
  });
}
