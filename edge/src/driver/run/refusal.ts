// Why something failed, in a form that a log line takes.
import { WellheadError } from '@wellhead/protocol';

/** Why something failed, as facts for a log line: the reason, and code and hint where there are any. */
export function reasonOf(error: unknown): Readonly<Record<string, string>> {
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof WellheadError ? { code: error.code, reason, hint: error.hint } : { reason };
}
