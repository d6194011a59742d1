// The far end of a driver, for tests: keeps what it is brought, and may refuse it or take its time.

import type { Checkpoints } from '../reading/checkpoints.ts';
import type { Intake } from '../reading/intake-port.ts';
import type { BadInput, RawReading } from '../reading/raw-reading.ts';
import type { DriverCounter, SourceHost } from '../reading/sensor-driver.ts';

export class TestHost implements SourceHost, Intake {
  readonly readings: RawReading[] = [];
  readonly offered: RawReading[] = [];
  readonly refused: BadInput[] = [];
  readonly said: string[] = [];
  readonly lateness = new Map<string, number[]>();
  readonly #counts = new Map<string, number>();
  readonly intake = this;
  /** What drivers remember; given to the next host, it is a restart. */
  readonly remembered = new Map<string, Uint8Array>();
  readonly checkpoints: Checkpoints = {
    read: async (sensor) => this.remembered.get(sensor),
    write: async (sensor, place) => void this.remembered.set(sensor, place),
  };
  readonly now: () => number;
  /** What `accept` waits for before it takes a reading; a rejection refuses it. */
  gate: (reading: RawReading) => Promise<void> = () => Promise.resolve();

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  readonly random = () => 0;

  async accept(reading: RawReading): Promise<void> {
    this.offered.push(reading);
    await this.gate(reading);
    this.readings.push(reading);
  }

  async refuse(input: BadInput): Promise<void> {
    this.refused.push(input);
  }

  readonly count = (name: DriverCounter, amount: number, label: string) => {
    const key = `${name} ${label}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + amount);
  };

  counted(name: DriverCounter, label: string): number {
    return this.#counts.get(`${name} ${label}`) ?? 0;
  }

  readonly say = (_level: 'info' | 'warn', facts: Readonly<Record<string, unknown>>, text: string) => {
    this.said.push(`${text} ${JSON.stringify(facts)}`);
  };

  readonly late = (ms: number, sensor: string) => {
    this.lateness.set(sensor, [...(this.lateness.get(sensor) ?? []), ms]);
  };

  of(sensor: string): RawReading[] {
    return this.readings.filter((reading) => reading.sensor === sensor);
  }
}
