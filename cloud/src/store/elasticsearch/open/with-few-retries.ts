// Waiting for a cluster when a program starts: not for ever.
import type { RetryPolicyOptions } from './retry-policy.ts';

const openWithinDefaultMs = 60_000;

/** Waits as the options say, but not for ever: whoever starts a program wants to hear that it cannot work. */
export function withFewRetries(
  options: RetryPolicyOptions & { readonly openWithinMs?: number },
): RetryPolicyOptions {
  let leftMs = options.openWithinMs ?? openWithinDefaultMs;
  let reason = '';
  return {
    ...options,
    onTrouble(trouble) {
      reason = trouble.reason;
      options.onTrouble(trouble);
    },
    wait(ms, signal) {
      leftMs -= ms;
      if (leftMs < 0) throw new Error(reason);
      return options.wait(ms, signal);
    },
  };
}
