// From the broker to the log; what can never be taken is kept as a dead letter.
import type { DeadLetters } from '../dead-letter/dead-letters.ts';
import type { Intake } from './intake.ts';

export interface BridgeOptions {
  readonly intake: Intake;
  readonly deadLetters: DeadLetters;
}

/**
 * Takes one message of the cloud side. Resolves when it may be acknowledged: it is durable, kept as a dead
 * letter, or of no concern. Rejects with LOG_WRITE when it must come again.
 */
export type Bridge = (topic: string, payload: Uint8Array) => Promise<void>;

export function createBridge({ intake, deadLetters }: BridgeOptions): Bridge {
  return async (topic, payload) => {
    const end = await intake.take({ topic, payload });
    if (end !== undefined) await deadLetters.keep({ topic, payload, ...end });
  };
}
