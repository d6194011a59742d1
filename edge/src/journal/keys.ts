// The journal's keys. Sensor ids hold no "!", and seqs are padded so that byte order is number order.
const seqDigits = 16;

export const originKey = 'm!origin';
export const deadLetterPrefix = 'x!';

export function blockKey(sensor: string, firstSeq: number): string {
  return `b!${sensor}!${String(firstSeq).padStart(seqDigits, '0')}`;
}

export function firstSeqOf(key: string): number {
  return Number(key.slice(-seqDigits));
}

/** All block keys of a sensor lie in [from, to). */
export function blockKeys(sensor: string): { gte: string; lt: string } {
  return { gte: `b!${sensor}!`, lt: `b!${sensor}"` };
}

/** Marks a sensor as known; its value is the highest seq whose blocks were evicted. */
export function sensorKey(sensor: string): string {
  return `s!${sensor}`;
}

export function deliveredKey(sensor: string): string {
  return `d!${sensor}`;
}

export function lostKey(sensor: string): string {
  return `l!${sensor}`;
}

/** How far a driver is in a source that keeps its readings. */
export function checkpointKey(sensor: string): string {
  return `p!${sensor}`;
}
