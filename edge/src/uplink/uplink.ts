// Sends what the cloud has no receipt for, fresh readings first, the backlog with what room is left.
import {
  type Address,
  encodeBatch,
  laneOf,
  receiptSchema,
  requestSchema,
  type WellheadError,
} from '@wellhead/protocol';
import type { Timers } from '../clock/timers.ts';
import type { Journal } from '../journal/journal.ts';
import { rangesBySensor, readCloudWord } from './cloud-word.ts';
import { composeBatch } from './compose.ts';
import type { Link } from './link.ts';
import { OutgoingSensors } from './outgoing-sensors.ts';
import { freshLimit, nextBatchBytes, nextInLane } from './plan.ts';
import { Pump } from './pump.ts';
import { Suspects } from './suspects.ts';
import { Window } from './window.ts';

export interface UplinkOptions {
  readonly journal: Journal;
  readonly address: Address;
  readonly window: { readonly batches: number; readonly bytes: number };
  readonly resendAfterMs: number;
  /** Fresh readings wait this long for company. */
  readonly lingerMs: number;
  /** Readings measured longer ago than this are sent as historical. */
  readonly freshForMs: number;
  /** Wall clock, milliseconds since 1970: only to tell live from historical. */
  readonly now: () => number;
  /** Waits must not hang on a clock that is set. */
  readonly timers: Timers;
  readonly count: (name: UplinkCounter, amount?: number) => void;
  readonly observe: (name: 'receipt_seconds', seconds: number) => void;
  readonly onDamaged: (key: string, error: WellheadError) => void;
  readonly onError: (error: unknown) => void;
}

export type UplinkCounter =
  | 'uplink_batches_total'
  | 'uplink_bytes_total'
  | 'uplink_readings_total'
  | 'uplink_receipts_total'
  | 'uplink_resent_batches_total'
  | 'uplink_receipts_refused_total'
  | 'uplink_requests_total'
  | 'uplink_requests_refused_total';

const initialBatchBytes = 16 * 1024;
const maxResendMs = 600_000;
const recheckMs = 1_000;

export class Uplink {
  readonly #options: UplinkOptions;
  readonly #window: Window;
  readonly #suspects: Suspects;
  readonly #pump: Pump;
  readonly #sensors: OutgoingSensors;
  readonly #turn = { fresh: 0, backlog: 0 };
  #link: Link | undefined;
  #batchBytes = initialBatchBytes;
  #resendAfterMs: number;
  #cancelLinger: (() => void) | undefined;
  #cancelTick: (() => void) | undefined;
  #stopped = false;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#window = new Window(options.window.batches, options.window.bytes);
    this.#suspects = new Suspects({
      journal: options.journal,
      timers: options.timers,
      recheckMs,
      onChecked: (sensor) => {
        this.#sensors.refresh(this.#sensors.of(sensor));
        this.#pump.run();
      },
      onError: options.onError,
    });
    this.#sensors = new OutgoingSensors({
      journal: options.journal,
      addHeldBack: (settled, sensor) => {
        this.#window.addTo(settled, sensor);
        this.#suspects.addTo(settled, sensor);
      },
    });
    this.#pump = new Pump({
      step: async () => this.#link !== undefined && !this.#stopped && (await this.#sendOne(this.#link)),
      onFailed: (error) => {
        // The journal may be opening again after a failed write: what was picked counts as not sent.
        options.onError(error);
        this.#sensors.refreshAll();
      },
      timers: options.timers,
    });
    this.#resendAfterMs = options.resendAfterMs;
    this.#tick();
  }

  get batchesUnderWay(): number {
    return this.#window.count;
  }

  /** The link is up: everything kept so far is backlog, everything from now on is fresh. */
  connected(link: Link): void {
    this.#link = link;
    this.#window.clear();
    for (const { sensor } of this.#options.journal.sensors()) this.#sensors.of(sensor);
    for (const outgoing of this.#sensors.all) {
      outgoing.last = this.#options.journal.sensor(outgoing.sensor)!.last;
      outgoing.mark = outgoing.last;
      this.#sensors.refresh(outgoing);
    }
    this.#pump.run();
  }

  /** The link is down: what had no receipt is no longer under way. */
  disconnected(): void {
    this.#link = undefined;
    this.#window.clear();
  }

  appended(sensors: readonly string[]): void {
    for (const sensor of sensors) {
      const outgoing = this.#sensors.of(sensor);
      outgoing.last = this.#options.journal.sensor(sensor)!.last;
      if (outgoing.last - outgoing.mark > freshLimit) outgoing.mark = outgoing.last;
    }
    if (this.#link === undefined) return;
    this.#cancelLinger ??= this.#options.timers.after(this.#options.lingerMs, () => {
      this.#cancelLinger = undefined;
      this.#pump.run();
    });
  }

  /** Takes a receipt; one that does not follow its schema is counted and changes nothing. */
  async receipt(payload: Uint8Array): Promise<void> {
    const { journal, count, observe, now, timers } = this.#options;
    const receipt = readCloudWord(receiptSchema, payload);
    if (receipt === undefined || receipt.origin !== journal.origin) {
      count('uplink_receipts_refused_total');
      return;
    }
    count('uplink_receipts_total');
    for (const [sensor, ranges] of rangesBySensor(receipt.ranges)) {
      await journal.deliver(sensor, ranges);
      const outgoing = this.#sensors.find(sensor);
      if (outgoing !== undefined)
        for (const [from, to] of ranges) outgoing.settled.add(from, Math.min(to, outgoing.last));
    }
    const settled = this.#window.settle(
      (sensor, [from, to]) => journal.sensor(sensor)?.delivered.hasAll(from, to) ?? false,
    );
    for (const batch of settled) {
      this.#batchBytes = nextBatchBytes(this.#batchBytes, timers.uptime() - batch.sentAt);
      this.#resendAfterMs = this.#options.resendAfterMs;
      observe('receipt_seconds', (now() - batch.receivedAt) / 1000);
    }
    this.#pump.run();
  }

  /**
   * Takes a request: what it names and the journal still holds is sent again. One that does not follow its schema or
   * is for another journal is counted and changes nothing.
   */
  async request(payload: Uint8Array): Promise<void> {
    const { journal, count } = this.#options;
    const request = readCloudWord(requestSchema, payload);
    if (request === undefined || request.origin !== journal.origin) {
      count('uplink_requests_refused_total');
      return;
    }
    count('uplink_requests_total');
    for (const [sensor, ranges] of rangesBySensor(request.ranges)) {
      await journal.undeliver(sensor, ranges);
      const outgoing = this.#sensors.find(sensor);
      if (outgoing !== undefined) this.#sensors.refresh(outgoing);
    }
    this.#pump.run();
  }

  close(): void {
    this.#stopped = true;
    this.#cancelTick?.();
    this.#cancelLinger?.();
    this.#pump.close();
    this.#suspects.close();
    this.disconnected();
  }

  #tick(): void {
    const { timers, resendAfterMs } = this.#options;
    this.#cancelTick = timers.after(Math.max(100, resendAfterMs / 4), () => {
      this.#tick();
      this.#resend();
    });
  }

  #resend(): void {
    const late = this.#window.expire(this.#options.timers.uptime() - this.#resendAfterMs);
    if (late.length === 0) return;
    this.#options.count('uplink_resent_batches_total', late.length);
    this.#resendAfterMs = Math.min(maxResendMs, this.#resendAfterMs * 2);
    this.#batchBytes = nextBatchBytes(this.#batchBytes, Number.POSITIVE_INFINITY);
    this.#sensors.refreshAll();
    this.#pump.run();
  }

  async #sendOne(link: Link): Promise<boolean> {
    const fresh =
      this.#window.hasRoom() && nextInLane(this.#sensors.all, 'fresh', this.#turn.fresh) !== undefined;
    const lane = fresh ? 'fresh' : 'backlog';
    if (!fresh && !this.#window.hasRoom(1)) return false;
    const composed = await composeBatch({
      ...this.#options,
      sensors: this.#sensors.all,
      lane,
      turn: this.#turn,
      maxBytes: this.#batchBytes,
      onUnreadable: (sensor, range) => this.#suspects.add(sensor, range),
    });
    if (composed === undefined) return false;
    const { blocks, ranges, newest, receivedAt } = composed;
    const { address, journal, now, timers, freshForMs, count } = this.#options;
    const payload = encodeBatch({
      ...address,
      origin: journal.origin,
      lane: laneOf(newest, now(), freshForMs),
      blocks,
    });
    if (this.#link !== link || !link.send('data', payload)) {
      for (const [sensor] of ranges) this.#sensors.refresh(this.#sensors.of(sensor));
      return false;
    }
    this.#window.add({ sentAt: timers.uptime(), bytes: payload.length, receivedAt, ranges });
    count('uplink_batches_total');
    count('uplink_bytes_total', payload.length);
    count(
      'uplink_readings_total',
      ranges.reduce((sum, [, from, to]) => sum + to - from + 1, 0),
    );
    return true;
  }
}
