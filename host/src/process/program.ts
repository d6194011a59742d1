// Runs a program from its start until it is told to stop, and says in plain words why it could not start.
import { WellheadError } from '@wellhead/protocol';

/** What a started program gives back. */
export interface Running {
  close(): Promise<void>;
}

const stopWithinMs = 20_000;

/**
 * Starts a program and keeps it until SIGINT or SIGTERM, then stops it in order. Trouble at the start goes to
 * stderr in plain words: exit 2 for a configuration to mend, 1 for anything else.
 */
export async function runProgram(start: () => Promise<Running>): Promise<void> {
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    // Parts that did start would keep the program alive, and its folders locked.
    process.exit(error instanceof WellheadError && error.code.startsWith('CONFIG_') ? 2 : 1);
  }
  await new Promise<void>((resolve) => {
    let asked = 0;
    const stop = () => {
      if (++asked > 1) process.exit(1);
      setTimeout(() => process.exit(1), stopWithinMs).unref();
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
  await running.close();
  process.exit(0);
}

/** An error as a person should read it: what, why, what to do. */
export function explain(error: unknown): string {
  if (!(error instanceof WellheadError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause =
    error.cause instanceof Error && !error.message.includes(error.cause.message)
      ? ` (${error.cause.message})`
      : '';
  return `${error.code}: ${error.message}${cause}\n${error.hint}`;
}
