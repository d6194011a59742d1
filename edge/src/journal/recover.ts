// What the journal knows of its sensors, read back after a restart or a power cut.
import type { KeyValueDb } from '@wellhead/host';
import { RangeSet, summarizeBlock, WellheadError } from '@wellhead/protocol';
import { blockKeys, deliveredKey, firstSeqOf, lostKey, sensorKey } from './keys.ts';
import type { LostRange } from './losses.ts';

/** What the journal knows of a sensor in memory; all of it can be read back from the database. */
export interface SensorRecord {
  readonly sensor: string;
  last: number;
  /** Everything up to this seq was evicted for room. */
  evicted: number;
  readonly delivered: RangeSet;
  readonly lost: LostRange[];
}

/** Reads every sensor's record: the marks, and the last seq from the sensor's newest block. */
export async function readSensors(db: KeyValueDb): Promise<Map<string, SensorRecord>> {
  const records = new Map<string, SensorRecord>();
  for await (const [key, value] of db.iterator({ gte: sensorKey(''), lt: 's"' })) {
    const sensor = key.slice(2);
    const evicted = Number(Buffer.from(value).toString());
    const delivered = new RangeSet(await readJson<[number, number][]>(db, deliveredKey(sensor), []));
    // A mark of delivery that the disk did not take may be older than the eviction: what was evicted is settled.
    delivered.add(1, evicted);
    const lost = await readJson<LostRange[]>(db, lostKey(sensor), []);
    records.set(sensor, {
      sensor,
      evicted,
      // A seq that was settled is not given again, though its block is gone: its reading would never be sent.
      last: Math.max(await lastSeq(db, sensor), delivered.last),
      delivered,
      lost,
    });
  }
  return records;
}

async function lastSeq(db: KeyValueDb, sensor: string): Promise<number> {
  const [entry] = await db.iterator({ ...blockKeys(sensor), reverse: true, limit: 1 }).all();
  if (entry === undefined) return 0;
  try {
    return summarizeBlock(entry[1]).seqs.at(-1)!;
  } catch (error) {
    if (!(error instanceof WellheadError)) throw error;
    // A damaged newest block: its seqs are given up rather than given twice.
    return firstSeqOf(entry[0]) + 65_536;
  }
}

async function readJson<T>(db: KeyValueDb, key: string, otherwise: T): Promise<T> {
  const value = await db.get(key);
  if (value === undefined) return otherwise;
  try {
    return JSON.parse(Buffer.from(value).toString()) as T;
  } catch {
    // Delivered marks are written unsynced; a torn one costs a re-send.
    return otherwise;
  }
}
