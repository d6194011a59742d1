// A topic that was made a moment ago is not ready at once: it is asked for again for some seconds.
import { setTimeout as pause } from 'node:timers/promises';
import { retryDelays } from '@wellhead/protocol';

const tries = 10;
const plan = { firstMs: 100, maxMs: 2_000 } as const;

/**
 * Asks again for some seconds while Kafka refuses: for a while, brokers do not know a topic that was made a moment
 * ago, and its partitions have no leader.
 */
export async function untilSettled<T>(
  ask: () => Promise<T>,
  onTrouble: (message: string, error: unknown) => void,
): Promise<T> {
  const delays = retryDelays(plan, Math.random);
  for (let left = tries; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left === 1) throw error;
      onTrouble('the Kafka topic is not ready; it is asked again', error);
      await pause(delays.next().value);
    }
  }
}
