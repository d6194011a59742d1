// Which batches are on their way without a receipt, and whether there is room for one more.
import type { Range, RangeSet } from '@wellhead/protocol';

/** What one published batch holds, until receipts cover it. */
export interface UnderWay {
  readonly sentAt: number;
  readonly bytes: number;
  /** When the gateway received the oldest of its readings: milliseconds since 1970, UTC. */
  readonly receivedAt: number;
  readonly ranges: readonly (readonly [sensor: string, from: number, to: number])[];
}

/** The batches without a receipt. Bounded: nothing more is sent while it is full. */
export class Window {
  readonly #maxBatches: number;
  readonly #maxBytes: number;
  #batches: UnderWay[] = [];
  #bytes = 0;

  constructor(maxBatches: number, maxBytes: number) {
    this.#maxBatches = maxBatches;
    this.#maxBytes = maxBytes;
  }

  get count(): number {
    return this.#batches.length;
  }

  /** `spare` places are left for others: the backlog leaves one to fresh readings. */
  hasRoom(spare = 0): boolean {
    return (
      this.#batches.length < this.#maxBatches - spare && (this.#bytes < this.#maxBytes || this.count === 0)
    );
  }

  add(batch: UnderWay): void {
    this.#batches.push(batch);
    this.#bytes += batch.bytes;
  }

  /** Takes off what is delivered now; returns those batches. */
  settle(isDelivered: (sensor: string, range: Range) => boolean): UnderWay[] {
    return this.#take((batch) => batch.ranges.every(([sensor, from, to]) => isDelivered(sensor, [from, to])));
  }

  /** Takes off what has waited since before `sentBefore`; returns those batches, to be sent again. */
  expire(sentBefore: number): UnderWay[] {
    return this.#take((batch) => batch.sentAt < sentBefore);
  }

  clear(): void {
    this.#batches = [];
    this.#bytes = 0;
  }

  /** Adds the ranges under way of a sensor to a set. */
  addTo(settled: RangeSet, sensor: string): void {
    for (const batch of this.#batches) {
      for (const [name, from, to] of batch.ranges) if (name === sensor) settled.add(from, to);
    }
  }

  #take(done: (batch: UnderWay) => boolean): UnderWay[] {
    const taken = this.#batches.filter(done);
    if (taken.length === 0) return taken;
    this.#batches = this.#batches.filter((batch) => !taken.includes(batch));
    for (const batch of taken) this.#bytes -= batch.bytes;
    return taken;
  }
}
