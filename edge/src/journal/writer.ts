// Numbers readings and writes them, many with one sync; takes back what nobody was told of.
import type { KeyValueDb } from '@wellhead/host';
import { type GroupCommit, groupCommit, RangeSet, WellheadError } from '@wellhead/protocol';
import { groupBlocks, type NewReading } from './group-blocks.ts';
import { blockKey, blockKeys, sensorKey } from './keys.ts';
import { readSensors, type SensorRecord } from './recover.ts';

const maxGroup = 10_000;
const maxPending = 100_000;

export interface WriterOptions {
  readonly db: KeyValueDb;
  /** What is known of each sensor; a write adds to it. */
  readonly sensors: Map<string, SensorRecord>;
  readonly defer: (run: () => void) => void;
  /** Called after each synced write, with the sensors that have new readings. */
  readonly onAppended: (sensors: readonly string[]) => void;
  /** Takes over what an eviction has done that was reported as failed. */
  readonly takeOver: (record: SensorRecord, stored: SensorRecord) => void;
}

export class JournalWriter {
  readonly #db: KeyValueDb;
  readonly #sensors: Map<string, SensorRecord>;
  readonly #commits: GroupCommit<NewReading>;
  readonly #onAppended: WriterOptions['onAppended'];
  readonly #takeOver: WriterOptions['takeOver'];

  constructor({ db, sensors, defer, onAppended, takeOver }: WriterOptions) {
    this.#db = db;
    this.#sensors = sensors;
    this.#onAppended = onAppended;
    this.#takeOver = takeOver;
    if ('onReopened' in db) db.onReopened = (reopened) => this.#readAgain(reopened);
    this.#commits = groupCommit({
      commit: (group) => this.#commit(group),
      maxGroup,
      maxPending,
      defer,
      full: () => new WellheadError('JOURNAL_WRITE', `${maxPending} readings wait for the disk already`),
    });
  }

  /** See `Journal.append`. */
  add(reading: NewReading): Promise<void> {
    return this.#commits.add(reading);
  }

  get pending(): number {
    return this.#commits.pending;
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  /** One block per sensor and thousand readings, all in one synced LevelDB batch. */
  async #commit(group: readonly NewReading[]): Promise<void> {
    await this.#ready();
    const { operations, reached } = groupBlocks(group, (sensor) => this.#sensors.get(sensor)?.last);
    try {
      await this.#db.batch(operations, { sync: true });
    } catch (cause) {
      throw new WellheadError('JOURNAL_WRITE', 'the journal could not write to the disk', { cause });
    }
    for (const [sensor, last] of reached) {
      const record = this.#sensors.get(sensor);
      if (record === undefined) {
        this.#sensors.set(sensor, { sensor, last, evicted: 0, delivered: new RangeSet(), lost: [] });
      } else record.last = last;
    }
    this.#onAppended([...reached.keys()]);
  }

  /** Seqs are counted on from what is stored, so a database that has to be opened again comes first. */
  async #ready(): Promise<void> {
    try {
      await this.#db.ready?.();
    } catch (cause) {
      throw new WellheadError('JOURNAL_WRITE', 'the journal cannot be opened again after a failed write', {
        cause,
      });
    }
  }

  /**
   * Whether a failed write reached the disk is seen only now. Nobody was told of its readings and nobody was sent
   * them, so they are taken out again: their sensors give them once more. An eviction that happened has happened.
   */
  async #readAgain(db: KeyValueDb): Promise<void> {
    for (const [sensor, stored] of await readSensors(db)) {
      const record = this.#sensors.get(sensor);
      const known = record?.last ?? 0;
      const untold = await db.keys({ gt: blockKey(sensor, known), lt: blockKeys(sensor).lt }).all();
      if (known === 0) untold.push(sensorKey(sensor));
      await db.batch(
        untold.map((key) => ({ type: 'del', key })),
        { sync: true },
      );
      if (record !== undefined && stored.evicted > record.evicted) this.#takeOver(record, stored);
    }
  }
}
