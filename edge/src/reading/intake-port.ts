// Where drivers bring what they read.
import type { BadInput, RawReading } from './raw-reading.ts';

export interface Intake {
  /**
   * Resolves when the reading is durable; only then may the driver acknowledge it or poll again.
   * Rejects with JOURNAL_WRITE when it could not be kept: the driver must offer it again.
   */
  accept(reading: RawReading): Promise<void>;
  /** Resolves when the input is kept as a dead letter. */
  refuse(input: BadInput): Promise<void>;
}
