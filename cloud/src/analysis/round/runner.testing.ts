import { encodeBatch, encodeBlock, hourMs } from '@wellhead/protocol';
import { sampleBlock } from '../../store/reading-store.testing.ts';

export const hour = hourMs;
/** In the middle of a quarter, so that a test chooses for itself whether it crosses into the next. */
export const firstHour = Date.UTC(2026, 3, 10);

export interface Faults {
  /** Hours in which the level reads 0. */
  readonly dropouts?: readonly number[];
  /** The hour from which the level is 3 m higher. */
  readonly step?: number;
}

/** The water level of a calm borehole at an hour: a tide of centimetres, a slow recession, the last digit of noise. */
export function levelAt(i: number, { dropouts = [], step = Number.POSITIVE_INFINITY }: Faults = {}): number {
  if (dropouts.includes(i)) return 0;
  // Noise that is the same for the same hour, and of no period.
  const noise = Math.sin(i * 12.9898) * 43_758.5453;
  const level =
    12 - i / 5_000 + 0.03 * Math.sin((i / 12.42) * 2 * Math.PI) + 0.01 * (noise - Math.floor(noise));
  return Math.round((level + (i >= step ? 3 : 0)) * 1000) / 1000;
}

export interface BatchOf {
  readonly site?: string;
  readonly sensor: string;
  /** Hours from the first to before the last. */
  readonly from: number;
  readonly to: number;
  readonly faults?: Faults;
  /** The hour that is number 0; the first of the samples unless set. */
  readonly zero?: number;
}

/** An encoded batch of hourly readings, as a gateway sends it. */
export function batchOf({ site = 'kent', sensor, from, to, faults, zero = firstHour }: BatchOf): Uint8Array {
  const samples = Array.from({ length: to - from }, (_, at) => {
    const i = from + at;
    return { seq: i + 1, measuredAt: zero + i * hour, values: { water_level: levelAt(i, faults) } };
  });
  const block = sampleBlock({ sensor, properties: ['water_level'] }, samples);
  return encodeBatch({
    site,
    gateway: 'gw',
    origin: `journal-${sensor}`,
    lane: 'historical',
    blocks: [encodeBlock(block)],
  });
}
