// The parts of a gateway that share its database, opened for one life.

import type { BlockHead, Row } from '@wellhead/protocol';
import { Housekeeping } from '../../edge/src/journal/housekeeping.ts';
import { type Journal, openJournal } from '../../edge/src/journal/journal.ts';
import { blockKeys } from '../../edge/src/journal/keys.ts';
import type { KeyValueDb } from '../../host/src/disk/key-value.ts';
import { ReopeningDb } from '../../host/src/disk/reopening-db.ts';
import { type Account, readable } from './account.ts';
import type { Disk } from './disk.ts';
import type { Life } from './life.ts';
import { type Fault, isDiskFault, ScheduledDb } from './scheduled-db.ts';

export const sensors = ['b1', 'b2'] as const;
export type Sensor = (typeof sensors)[number];

export interface EdgeStationOptions {
  readonly life: Life;
  readonly disk: Disk;
  readonly account: Account;
  readonly faults: readonly Fault[];
  readonly whenFull: 'refuse' | 'drop-oldest';
  /** Puts something else in the place of a part of the journal. */
  readonly change?: (journal: Journal) => void;
}

export interface EdgeStation {
  readonly db: KeyValueDb;
  readonly raw: ScheduledDb;
  readonly journal: Journal;
  /** One round, with the journal's folder this full: 1 is its budget. */
  keepHouse(fullness: number): Promise<void>;
  close(): Promise<void>;
}

const budgetBytes = 1_000;

export async function openEdgeStation(options: EdgeStationOptions): Promise<EdgeStation> {
  const { life, disk, account, faults, whenFull, change } = options;
  const raw = new ScheduledDb({ disk, point: life.point, faults });
  const db = new ReopeningDb(raw);
  const journal = await openJournal({
    db,
    newOrigin: () => 'aa',
    defer: life.defer,
    onDamaged: () => undefined,
    onMarkFailed: () => account.releasePromises(),
    onLost: () => undefined,
    onFound: () => undefined,
  });
  change?.(journal);
  let fullness = 0;
  const housekeeping = new Housekeeping({
    journal,
    journalBytes: () => fullness * budgetBytes,
    budgetBytes,
    whenFull,
    count: () => undefined,
    onDamaged: () => undefined,
    // A disk that fails is no fault of the gateway.
    onError: (error) => {
      if (!isDiskFault(error)) throw error;
    },
  });
  return {
    db,
    raw,
    journal,
    async keepHouse(full) {
      fullness = full;
      await housekeeping.run();
    },
    async close() {
      await housekeeping.close();
      await journal.close();
    },
  };
}

const heads = new Map<string, BlockHead>(
  sensors.map((sensor) => [sensor, { sensor, type: 'sonde', rules: 'sonde@1', properties: ['level'] }]),
);

/** A reading on its way in, again and again until it is acknowledged or the sensor gives up. */
export async function giveReading(
  journal: Journal,
  account: Account,
  sensor: Sensor,
  id: number,
): Promise<void> {
  const attempts = 5;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const row: Row = {
      seq: 0,
      revision: 0,
      measuredAt: id,
      receivedAt: id,
      clock: 1,
      timeFlag: 1,
      timeCause: 0,
      values: [id],
      flags: [1],
      causes: [0],
    };
    try {
      await journal.append({ head: heads.get(sensor)!, row });
      account.acknowledge(sensor, row.seq, id);
      return;
    } catch (error) {
      if (!isDiskFault(error)) throw error;
    }
  }
}

/** All readings that the journal holds stand in it without holes, and are what was acknowledged. */
export async function checkHeld(journal: Journal, account: Account): Promise<void> {
  for (const { sensor, last, evicted } of journal.sensors()) {
    const blocks = await journal.db.values(blockKeys(sensor)).all();
    const held = readable(blocks.map((bytes) => ({ bytes })));
    for (const [seq, id] of account.acknowledged.of(sensor)) {
      if (seq > last) throw new Error(`${sensor} ${seq} was acknowledged and is not known`);
      if (seq <= evicted || account.isDamaged(sensor, seq)) continue;
      if (held.get(seq) !== id) throw new Error(`${sensor} ${seq} was acknowledged and is not held`);
    }
    for (let seq = evicted + 1; seq <= last; seq++)
      if (!held.has(seq) && !account.isDamaged(sensor, seq))
        throw new Error(`${sensor} has a hole at ${seq}`);
  }
}
