// Offering what was read to the journal until it is durable: sensors and files keep it only until then.
import { retryDelays } from '@wellhead/protocol';
import { pause, type Timers } from '../../clock/timers.ts';
import type { DriverHost } from '../../reading/sensor-driver.ts';
import { reasonOf } from './refusal.ts';

const keepPlan = { firstMs: 1_000, maxMs: 60_000 };

export interface OfferOptions {
  readonly sensor: string;
  readonly host: Pick<DriverHost, 'count' | 'say' | 'random'>;
  readonly timers: Timers;
  /** When it aborts, what was offered a last time and not kept is given up and counted. */
  readonly signal: AbortSignal;
}

/**
 * Makes all offers at once, so that they share one sync, and those that are refused again, with a growing
 * pause. Resolves with how many were given up: 0 unless the signal aborted.
 */
export async function offerUntilKept(
  offers: readonly (() => Promise<void>)[],
  { sensor, host, timers, signal }: OfferOptions,
): Promise<number> {
  let left = offers;
  let isRefused = false;
  const delays = retryDelays(keepPlan, host.random);
  for (;;) {
    const outcomes = await Promise.allSettled(left.map((offer) => offer()));
    left = left.filter((_offer, i) => outcomes[i]!.status === 'rejected');
    if (left.length === 0) {
      if (isRefused) host.say('info', { sensor }, 'readings are kept again');
      return 0;
    }
    const refusal = outcomes.find((outcome) => outcome.status === 'rejected')!;
    if (signal.aborted) {
      host.count('readings_unkept_total', left.length, sensor);
      host.say('warn', { sensor, ...reasonOf(refusal.reason) }, 'a reading could not be kept');
      return left.length;
    }
    if (!isRefused)
      host.say(
        'warn',
        { sensor, ...reasonOf(refusal.reason) },
        'a reading cannot be kept; it is offered again',
      );
    isRefused = true;
    await pause(timers, delays.next().value, signal);
  }
}
