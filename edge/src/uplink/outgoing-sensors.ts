// What is still to be sent of each sensor, in the order in which they were first seen.
import { RangeSet } from '@wellhead/protocol';
import type { Journal } from '../journal/journal.ts';
import type { Outgoing } from './plan.ts';

export interface OutgoingOptions {
  readonly journal: Journal;
  /** Adds what is not to be sent now although it is not delivered: it is under way, or in doubt. */
  readonly addHeldBack: (settled: RangeSet, sensor: string) => void;
}

export class OutgoingSensors {
  readonly all: Outgoing[] = [];
  readonly #options: OutgoingOptions;
  readonly #byName = new Map<string, Outgoing>();

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  find(sensor: string): Outgoing | undefined {
    return this.#byName.get(sensor);
  }

  /** That of a sensor of the journal, noted where it is new. */
  of(sensor: string): Outgoing {
    let outgoing = this.#byName.get(sensor);
    if (outgoing === undefined) {
      const record = this.#options.journal.sensor(sensor)!;
      outgoing = { sensor, last: record.last, mark: 0, settled: new RangeSet(record.delivered.ranges) };
      this.#byName.set(sensor, outgoing);
      this.all.push(outgoing);
    }
    return outgoing;
  }

  /** Learns anew what is settled of a sensor. */
  refresh(outgoing: Outgoing): void {
    const { journal, addHeldBack } = this.#options;
    outgoing.settled = new RangeSet(journal.sensor(outgoing.sensor)!.delivered.ranges);
    addHeldBack(outgoing.settled, outgoing.sensor);
  }

  refreshAll(): void {
    for (const outgoing of this.all) this.refresh(outgoing);
  }
}
