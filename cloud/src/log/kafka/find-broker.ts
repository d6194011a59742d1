// Which of the configured addresses answers: the client keeps to the first one, and one that is silent holds it up.
import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka, KafkaConfig } from 'kafkajs';

const answerWithinMs = 3_000;
/** A broker that is just starting gets this much time. */
const pausesMs = [200, 400, 800, 1_600, 2_000];

/**
 * The addresses, one that answers first.
 * @throws what the last address asked had to say; at once where a login was refused, for it is the same everywhere
 */
export async function answeringFirst(
  brokers: readonly string[],
  connect: (config: Pick<KafkaConfig, 'brokers' | 'requestTimeout' | 'retry'>) => Kafka,
): Promise<readonly string[]> {
  let failure: unknown;
  for (const pauseMs of [...pausesMs, 0]) {
    for (const address of brokers) {
      const client = connect({
        brokers: [address],
        requestTimeout: answerWithinMs,
        retry: { retries: 0 },
      });
      const admin = client.admin();
      try {
        await admin.connect();
        // Only a question shows that there is somebody, and that we may ask.
        await admin.describeCluster();
        return [address, ...brokers.filter((other) => other !== address)];
      } catch (error) {
        failure = error;
        if (isRefusal(error)) throw error;
      } finally {
        await admin.disconnect().catch(() => undefined);
      }
    }
    await pause(pauseMs);
  }
  throw failure;
}

function isRefusal(error: unknown): boolean {
  const { name, cause } = error as { name?: string; cause?: unknown };
  return name === 'KafkaJSSASLAuthenticationError' || (cause instanceof Error && isRefusal(cause));
}
