// All readings of this gateway, delivered or not, in LevelDB, until the byte budget needs the room.
import type { KeyValueDb, Operation } from '@wellhead/host';
import {
  type BlockHead,
  blockOf,
  encodeBlock,
  type GroupCommit,
  groupCommit,
  type LossReason,
  maxReadingsPerBlock,
  type Range,
  RangeSet,
  type Row,
  WellheadError,
} from '@wellhead/protocol';
import { blockKey, blockKeys, deliveredKey, lostKey, originKey, sensorKey } from './keys.ts';
import { nextBlock, readBlocks, readTail, type StoredBlock } from './read-blocks.ts';
import { readSensors, type SensorRecord } from './recover.ts';

/** A judged reading on its way into the journal, which gives it its seq. */
export interface NewReading {
  readonly head: BlockHead;
  readonly row: Row;
}

export interface JournalSensor {
  readonly sensor: string;
  /** Highest seq given; 0 when there is no reading yet. */
  readonly last: number;
  /** Everything up to this seq was removed for room. */
  readonly evicted: number;
  readonly delivered: RangeSet;
  readonly lost: readonly (readonly [number, number, LossReason])[];
}

export interface JournalOptions {
  readonly db: KeyValueDb;
  /** Makes the id of a new journal. */
  readonly newOrigin: () => string;
  readonly defer: (run: () => void) => void;
  readonly onDamaged: (key: string, error: WellheadError) => void;
  /** A mark of delivery could not be written. */
  readonly onMarkFailed: (error: unknown) => void;
}

const maxGroup = 10_000;
const maxPending = 100_000;
const targetBlock = 1_000;

/**
 * Opens the journal on an opened or unopened LevelDB.
 * @throws WellheadError JOURNAL_OPEN
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  try {
    await options.db.open();
    return new Journal(options, await readOrigin(options), await readSensors(options.db));
  } catch (cause) {
    // Whoever sets the folder aside must not find it held open.
    await options.db.close().catch(() => undefined);
    throw new WellheadError('JOURNAL_OPEN', 'the journal cannot be opened', { cause });
  }
}

async function readOrigin({ db, newOrigin }: JournalOptions): Promise<string> {
  const held = await db.get(originKey);
  if (held !== undefined) return Buffer.from(held).toString();
  const origin = newOrigin();
  await db.put(originKey, Buffer.from(origin), { sync: true });
  return origin;
}

export class Journal {
  readonly origin: string;
  /** Called after each synced write, with the sensors that have new readings. */
  onAppended: (sensors: readonly string[]) => void = () => undefined;
  readonly db: KeyValueDb;
  readonly #onDamaged: JournalOptions['onDamaged'];
  readonly #onMarkFailed: JournalOptions['onMarkFailed'];
  readonly #sensors: Map<string, SensorRecord>;
  readonly #commits: GroupCommit<NewReading>;
  readonly #packed = new Map<string, number>();

  constructor(options: JournalOptions, origin: string, sensors: Map<string, SensorRecord>) {
    this.db = options.db;
    this.origin = origin;
    this.#onDamaged = options.onDamaged;
    this.#onMarkFailed = options.onMarkFailed;
    this.#sensors = sensors;
    if ('onReopened' in this.db) this.db.onReopened = (db) => this.#readAgain(db);
    this.#commits = groupCommit({
      commit: (group) => this.#commit(group),
      maxGroup,
      maxPending,
      defer: options.defer,
      full: () => new WellheadError('JOURNAL_WRITE', `${maxPending} readings wait for the disk already`),
    });
  }

  /**
   * Keeps a reading; resolves when it is synced to the disk, with its seq set in the row.
   * @throws WellheadError JOURNAL_WRITE: the reading may or may not be on the disk and must be given again
   */
  append(reading: NewReading): Promise<void> {
    return this.#commits.add(reading);
  }

  get pending(): number {
    return this.#commits.pending;
  }

  sensors(): readonly JournalSensor[] {
    return [...this.#sensors.values()];
  }

  sensor(name: string): JournalSensor | undefined {
    return this.#sensors.get(name);
  }

  get undelivered(): number {
    let count = 0;
    for (const { last, delivered } of this.#sensors.values()) count += last - delivered.size;
    return count;
  }

  /** The blocks that hold readings of `[fromSeq, toSeq]`, in order, until `maxBytes` are gathered (at least one). */
  read(sensor: string, fromSeq: number, toSeq: number, maxBytes: number): Promise<StoredBlock[]> {
    return readBlocks(this.db, sensor, [fromSeq, toSeq], maxBytes);
  }

  /** The first seq of the next block behind the one that holds `seq`; undefined when that is the last. */
  nextBlock(sensor: string, seq: number): Promise<number | undefined> {
    return nextBlock(this.db, sensor, seq);
  }

  /** The newest readings of a sensor, oldest first: what quality and the repeat filter need after a restart. */
  tail(sensor: string, count: number): Promise<Row[]> {
    return readTail(this.db, sensor, count, this.#onDamaged);
  }

  /**
   * Notes what the cloud holds durably. Not synced, and a write that fails is no error: losing a mark costs a
   * re-send, never a reading. Ranges beyond what was given out are cut: a receipt cannot deliver what does not
   * exist.
   */
  async deliver(sensor: string, ranges: readonly Range[]): Promise<void> {
    const record = this.#sensors.get(sensor);
    if (record === undefined) return;
    for (const [from, to] of ranges) record.delivered.add(Math.max(1, from), Math.min(to, record.last));
    await this.#markDelivered(record);
  }

  /**
   * Takes back that the cloud holds these, so that they are sent again: those still here and readable. A write that
   * fails is no error: after a restart the cloud has to ask once more.
   */
  async undeliver(sensor: string, ranges: readonly Range[]): Promise<void> {
    const record = this.#sensors.get(sensor);
    if (record === undefined) return;
    for (const [from, to] of ranges)
      record.delivered.remove(Math.max(from, record.evicted + 1), Math.min(to, record.last));
    for (const [from, to] of record.lost) record.delivered.add(from, to);
    await this.#markDelivered(record);
  }

  /** Notes readings that cannot be had any more; they count as settled, and the ledger names them. */
  async lose(sensor: string, from: number, to: number, reason: LossReason): Promise<void> {
    const record = this.#sensors.get(sensor);
    if (record === undefined) return;
    record.lost.push([from, to, reason]);
    record.delivered.add(from, to);
    await this.db.batch([
      { type: 'put', key: lostKey(sensor), value: Buffer.from(JSON.stringify(record.lost)) },
      { type: 'put', key: deliveredKey(sensor), value: Buffer.from(JSON.stringify(record.delivered.ranges)) },
    ]);
  }

  /** Removes blocks for room, up to and with `upTo`, and remembers how far. */
  async evict(sensor: string, keys: readonly string[], upTo: number): Promise<void> {
    const record = this.#sensors.get(sensor)!;
    record.evicted = Math.max(record.evicted, upTo);
    await this.db.batch([
      { type: 'put', key: sensorKey(sensor), value: Buffer.from(String(record.evicted)) },
      ...keys.map((key) => ({ type: 'del' as const, key })),
    ]);
  }

  /** Puts one packed block in the place of several, in one synced step. */
  async replaceBlocks(gone: readonly string[], key: string, packed: Uint8Array): Promise<void> {
    await this.db.batch(
      [{ type: 'put', key, value: packed }, ...gone.map((old) => ({ type: 'del' as const, key: old }))],
      { sync: true },
    );
  }

  /** Blocks up to here need no packing; forgotten at a restart, which costs one look. */
  packedUpTo(sensor: string): number {
    return this.#packed.get(sensor) ?? 0;
  }

  markPacked(sensor: string, upTo: number): void {
    this.#packed.set(sensor, Math.max(upTo, this.packedUpTo(sensor)));
  }

  /** Gives the room of removed blocks back to the disk, where the database can. */
  async compact(): Promise<void> {
    await this.db.compactRange?.('b!', 'b"');
  }

  /** Waits for what is under way, then closes the database; may be called twice. */
  async close(): Promise<void> {
    await this.#commits.idle();
    await this.db.close();
  }

  async #markDelivered({ sensor, delivered }: SensorRecord): Promise<void> {
    try {
      await this.db.put(deliveredKey(sensor), Buffer.from(JSON.stringify(delivered.ranges)));
    } catch (error) {
      this.#onMarkFailed(error);
    }
  }

  /** One block per sensor and thousand readings, all in one synced LevelDB batch. */
  async #commit(group: readonly NewReading[]): Promise<void> {
    await this.#ready();
    const runs = runsOf(group);
    const operations: Operation[] = [];
    const reached = new Map<string, number>();
    for (const { head, rows } of runs) {
      const record = this.#sensors.get(head.sensor);
      let seq = reached.get(head.sensor) ?? record?.last ?? 0;
      if (record === undefined && seq === 0) {
        operations.push({ type: 'put', key: sensorKey(head.sensor), value: Buffer.from('0') });
      }
      const first = seq + 1;
      for (const row of rows) row.seq = ++seq;
      reached.set(head.sensor, seq);
      operations.push({
        type: 'put',
        key: blockKey(head.sensor, first),
        value: encodeBlock(blockOf(head, rows)),
      });
    }
    try {
      await this.db.batch(operations, { sync: true });
    } catch (cause) {
      throw new WellheadError('JOURNAL_WRITE', 'the journal could not write to the disk', { cause });
    }
    for (const [sensor, last] of reached) {
      const record = this.#sensors.get(sensor);
      if (record === undefined) {
        this.#sensors.set(sensor, { sensor, last, evicted: 0, delivered: new RangeSet(), lost: [] });
      } else record.last = last;
    }
    this.onAppended([...reached.keys()]);
  }

  /** Seqs are counted on from what is stored, so a database that has to be opened again comes first. */
  async #ready(): Promise<void> {
    try {
      await this.db.ready?.();
    } catch (cause) {
      throw new WellheadError('JOURNAL_WRITE', 'the journal cannot be opened again after a failed write', {
        cause,
      });
    }
  }

  /**
   * Whether a failed write reached the disk is seen only now. Nobody was told of its readings and nobody was sent
   * them, so they are taken out again: their sensors give them once more.
   */
  async #readAgain(db: KeyValueDb): Promise<void> {
    for (const sensor of (await readSensors(db)).keys()) {
      const known = this.#sensors.get(sensor)?.last ?? 0;
      const untold = await db.keys({ gt: blockKey(sensor, known), lt: blockKeys(sensor).lt }).all();
      if (known === 0) untold.push(sensorKey(sensor));
      await db.batch(
        untold.map((key) => ({ type: 'del', key })),
        { sync: true },
      );
    }
  }
}

/** The group as runs of the same head, in order of arrival per sensor. */
function runsOf(group: readonly NewReading[]): { head: BlockHead; rows: Row[] }[] {
  const runs: { head: BlockHead; rows: Row[] }[] = [];
  const open = new Map<string, { head: BlockHead; rows: Row[] }>();
  for (const { head, row } of group) {
    let run = open.get(head.sensor);
    if (
      run === undefined ||
      run.head !== head ||
      run.rows.length >= Math.min(targetBlock, maxReadingsPerBlock)
    ) {
      run = { head, rows: [] };
      open.set(head.sensor, run);
      runs.push(run);
    }
    run.rows.push(row);
  }
  return runs;
}
