// Runs one command until it is done or Ctrl-C ends it, with an exit code for scripts.
import { WellheadError } from '@wellhead/protocol';

/** What the program's exit code says to scripts. */
export const exitCodes = { done: 0, unreachable: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Runs a command with a signal that Ctrl-C aborts, and sets the exit code. Trouble that the user can mend
 * is told as one line and what to do; a second Ctrl-C ends the program at once.
 */
export async function runCommand(command: (signal: AbortSignal) => Promise<ExitCode>): Promise<void> {
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    process.exitCode = await command(abort.signal);
  } catch (error) {
    if (!(error instanceof WellheadError)) throw error;
    process.stderr.write(`wellhead-sim: ${error.message}\n${error.hint}\n`);
    process.exitCode = exitCodes.usage;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
