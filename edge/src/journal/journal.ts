// All readings of this gateway, delivered or not, in LevelDB, until the byte budget needs the room.
import { checkFormat, type KeyValueDb } from '@wellhead/host';
import { type Range, type RangeSet, type Row, WellheadError } from '@wellhead/protocol';
import type { NewReading } from './group-blocks.ts';
import { originKey } from './keys.ts';
import { Ledger, type LedgerReports } from './ledger.ts';
import type { LostRange } from './losses.ts';
import { type Look, readBlocks, readTail } from './read-blocks.ts';
import { readSensors, type SensorRecord } from './recover.ts';
import { JournalWriter } from './writer.ts';

export interface JournalSensor {
  readonly sensor: string;
  /** Highest seq given; 0 when there is no reading yet. */
  readonly last: number;
  /** Everything up to this seq was removed for room. */
  readonly evicted: number;
  readonly delivered: RangeSet;
  readonly lost: readonly Readonly<LostRange>[];
}

export interface JournalReports extends LedgerReports {
  readonly onDamaged: (key: string, error: WellheadError) => void;
}

export interface JournalOptions extends JournalReports {
  readonly db: KeyValueDb;
  /** Makes the id of a new journal. */
  readonly newOrigin: () => string;
  readonly defer: (run: () => void) => void;
}

/** Of keys and values here; the blocks have a version of their own. */
const formatVersion = 1;

/**
 * Opens the journal on an opened or unopened LevelDB.
 * @throws WellheadError JOURNAL_OPEN
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  try {
    await options.db.open();
    await checkFormat(options.db, { what: 'journal', version: formatVersion, code: 'JOURNAL_OPEN' });
    const journal = new Journal(options, await readOrigin(options), await readSensors(options.db));
    await journal.findLost();
    return journal;
  } catch (cause) {
    // Whoever sets the folder aside must not find it held open.
    await options.db.close().catch(() => undefined);
    if (cause instanceof WellheadError) throw cause;
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
  readonly #onDamaged: JournalReports['onDamaged'];
  readonly #ledger: Ledger;
  readonly #sensors: Map<string, SensorRecord>;
  readonly #writer: JournalWriter;
  readonly #packed = new Map<string, number>();

  constructor(options: JournalOptions, origin: string, sensors: Map<string, SensorRecord>) {
    this.db = options.db;
    this.origin = origin;
    this.#onDamaged = options.onDamaged;
    this.#ledger = new Ledger(this.db, sensors, options);
    this.#sensors = sensors;
    this.#writer = new JournalWriter({
      db: this.db,
      sensors,
      defer: options.defer,
      onAppended: (written) => this.onAppended(written),
      takeOver: (record, stored) => this.#ledger.takeOver(record, stored),
    });
  }

  /**
   * Keeps a reading; resolves when it is synced to the disk, with its seq set in the row.
   * @throws WellheadError JOURNAL_WRITE: the reading may or may not be on the disk and must be given again
   */
  append(reading: NewReading): Promise<void> {
    return this.#writer.add(reading);
  }

  /** Looks whether readings that were declared lost are there after all. */
  async findLost(): Promise<void> {
    for (const sensor of this.#sensors.keys()) await this.#ledger.findLost(sensor);
  }

  get pending(): number {
    return this.#writer.pending;
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
  read(sensor: string, fromSeq: number, toSeq: number, maxBytes: number): Promise<Look> {
    return readBlocks(this.db, sensor, [fromSeq, toSeq], maxBytes);
  }

  /** The newest readings of a sensor, oldest first: what quality and the repeat filter need after a restart. */
  tail(sensor: string, count: number): Promise<Row[]> {
    return readTail(this.db, sensor, count, this.#onDamaged);
  }

  /** See `Ledger`. */
  deliver(sensor: string, ranges: readonly Range[]): Promise<void> {
    return this.#ledger.deliver(sensor, ranges);
  }

  /** See `Ledger`. */
  undeliver(sensor: string, ranges: readonly Range[]): Promise<void> {
    return this.#ledger.undeliver(sensor, ranges);
  }

  /** See `Ledger`. */
  confirmLost(sensor: string, range: Range): Promise<void> {
    return this.#ledger.confirmLost(sensor, range);
  }

  /** See `Ledger`. */
  evict(sensor: string, keys: readonly string[], upTo: number): Promise<number> {
    return this.#ledger.evict(sensor, keys, upTo);
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
    await this.#writer.idle();
    await this.db.close();
  }
}
