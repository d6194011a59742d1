// How far a driver is in a source that keeps its readings.

/**
 * Where drivers remember how far they are in a source that keeps its readings. What is written may be lost
 * with the power, but never without what was written after it: a driver writes a checkpoint only when the readings
 * before it are durable, so that it may read twice and never skips.
 */
export interface Checkpoints {
  read(sensor: string): Promise<Uint8Array | undefined>;
  /** Resolves also when the disk did not take it, which is counted: then it is read twice. */
  write(sensor: string, checkpoint: Uint8Array): Promise<void>;
}
