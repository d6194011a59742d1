// The journal's account: what the cloud holds, what was removed for room, and what is lost, with the reason.
import { type KeyValueDb, type Operation, writeInTurn } from '@wellhead/host';
import type { LossReason, Range } from '@wellhead/protocol';
import { findReadable } from './find-readable.ts';
import { deliveredKey, lostKey, sensorKey } from './keys.ts';
import { addLoss, removeLoss } from './losses.ts';
import type { SensorRecord } from './recover.ts';

/** Readings that cannot be had any more: they were acknowledged, and the cloud will never get them. */
export interface Loss {
  readonly sensor: string;
  readonly from: number;
  readonly to: number;
  readonly reason: LossReason;
  /** What proves it, for the log. */
  readonly evidence: string;
}

export interface LedgerReports {
  /** A mark of delivery could not be written. */
  readonly onMarkFailed: (error: unknown) => void;
  readonly onLost: (loss: Loss) => void;
  /** What had been declared lost is there after all, and will be sent. */
  readonly onFound: (sensor: string, range: Range) => void;
}

/** Keeps the records of the sensors, which it shares with the journal, and their marks in the database. */
export class Ledger {
  readonly #db: KeyValueDb;
  readonly #records: ReadonlyMap<string, SensorRecord>;
  readonly #reports: LedgerReports;

  constructor(db: KeyValueDb, records: ReadonlyMap<string, SensorRecord>, reports: LedgerReports) {
    this.#db = db;
    this.#records = records;
    this.#reports = reports;
  }

  /**
   * Notes what the cloud holds durably. Not synced, and a write that fails is no error: losing a mark costs a
   * re-send, never a reading. Ranges beyond what was given out are cut: a receipt cannot deliver what does not
   * exist.
   */
  async deliver(sensor: string, ranges: readonly Range[]): Promise<void> {
    const record = this.#records.get(sensor);
    if (record === undefined) return;
    for (const [from, to] of ranges) {
      const range: Range = [Math.max(1, from), Math.min(to, record.last)];
      record.delivered.add(...range);
      for (const found of removeLoss(record.lost, range)) this.#reports.onFound(sensor, found);
    }
    await this.#mark(record);
  }

  /**
   * Takes back that the cloud holds these, so that they are sent again: those still here and readable. A write that
   * fails is no error: after a restart the cloud has to ask once more.
   */
  async undeliver(sensor: string, ranges: readonly Range[]): Promise<void> {
    const record = this.#records.get(sensor);
    if (record === undefined) return;
    await this.findLost(sensor);
    for (const [from, to] of ranges)
      record.delivered.remove(Math.max(from, record.evicted + 1), Math.min(to, record.last));
    for (const [from, to] of record.lost) record.delivered.add(from, to);
    await this.#mark(record);
  }

  /**
   * Looks at the range once more, at one moment, and declares lost what cannot be read of it, with what proves it.
   * Lost readings count as settled, and the ledger names them.
   */
  async confirmLost(sensor: string, range: Range): Promise<void> {
    const record = this.#records.get(sensor);
    if (record === undefined) return;
    // An eviction that was reported as failed may have happened: then it is the cause.
    await this.#db.ready?.();
    const { unreadable } = await findReadable(this.#db, sensor, range);
    const losses = unreadable.flatMap(({ from, to, evidence }) =>
      // What was delivered or evicted meanwhile is no loss, and what is lost already is not lost twice.
      record.delivered.missing(from, Math.min(to, record.last)).map((lost) => ({ lost, evidence })),
    );
    for (const { lost, evidence } of losses) this.#lose(record, lost, 'unreadable', evidence);
    if (losses.length > 0) await writeInTurn(this.#db, () => marksOf(record));
  }

  /** Looks whether what was declared lost is there after all; then it is taken back, and will be sent. */
  async findLost(sensor: string): Promise<void> {
    const record = this.#records.get(sensor);
    if (record === undefined) return;
    let isFound = false;
    for (const [from, to] of [...record.lost]) {
      if (to <= record.evicted) continue;
      const { readable } = await findReadable(this.#db, sensor, [Math.max(from, record.evicted + 1), to]);
      for (const [low, high] of readable) {
        for (const found of removeLoss(record.lost, [Math.max(low, record.evicted + 1), high])) {
          record.delivered.remove(...found);
          this.#reports.onFound(sensor, found);
          isFound = true;
        }
      }
    }
    if (isFound) await this.#mark(record);
  }

  /**
   * Removes blocks for room, up to and with `upTo`, and enters what was not delivered of them into the ledger, in
   * one step. Returns how many readings that were.
   */
  async evict(sensor: string, keys: readonly string[], upTo: number): Promise<number> {
    const record = this.#records.get(sensor)!;
    const before = record.evicted;
    // In memory first: a request that comes meanwhile cannot reach below it.
    record.evicted = Math.max(before, upTo);
    const lost = record.delivered.missing(before + 1, upTo);
    for (const range of lost) addLoss(record.lost, range, 'journal-full');
    record.delivered.add(before + 1, upTo);
    try {
      await writeInTurn(this.#db, () => [
        { type: 'put', key: sensorKey(sensor), value: Buffer.from(String(record.evicted)) },
        ...marksOf(record),
        ...keys.map((key) => ({ type: 'del' as const, key })),
      ]);
    } catch (error) {
      record.evicted = before;
      for (const range of lost) {
        removeLoss(record.lost, range);
        record.delivered.remove(...range);
      }
      throw error;
    }
    for (const [from, to] of lost)
      this.#reports.onLost({ sensor, from, to, reason: 'journal-full', evidence: 'removed for room' });
    return lost.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  }

  /** An eviction that was reported as failed has happened: what the disk holds is what counts. */
  takeOver(record: SensorRecord, stored: SensorRecord): void {
    for (const [from, to, reason] of stored.lost)
      for (const range of record.delivered.missing(from, to))
        this.#lose(record, range, reason, 'removed for room; the disk reported it only later');
    // A request that came meanwhile asked for readings that had gone already: that is said, not settled in silence.
    for (const range of record.delivered.missing(record.evicted + 1, stored.evicted))
      this.#lose(record, range, 'journal-full', 'removed for room; the disk reported it only later');
    record.evicted = stored.evicted;
    record.delivered.add(1, stored.evicted);
  }

  #lose(record: SensorRecord, range: Range, reason: LossReason, evidence: string): void {
    addLoss(record.lost, range, reason);
    record.delivered.add(...range);
    this.#reports.onLost({ sensor: record.sensor, from: range[0], to: range[1], reason, evidence });
  }

  async #mark(record: SensorRecord): Promise<void> {
    try {
      await writeInTurn(this.#db, () => marksOf(record));
    } catch (error) {
      this.#reports.onMarkFailed(error);
    }
  }
}

function marksOf({ sensor, delivered, lost }: SensorRecord): Operation[] {
  return [
    { type: 'put', key: deliveredKey(sensor), value: Buffer.from(JSON.stringify(delivered.ranges)) },
    { type: 'put', key: lostKey(sensor), value: Buffer.from(JSON.stringify(lost)) },
  ];
}
