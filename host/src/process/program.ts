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
  // From the first moment on: a service manager does not wait until everything is open.
  const told = toldToStop();
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    // Parts that did start would keep the program alive, and its folders locked.
    process.exit(error instanceof WellheadError && error.code.startsWith('CONFIG_') ? 2 : 1);
  }
  await told;
  await running.close();
  process.exit(0);
}

/** Resolves at the first signal; who signals twice, or waits too long, has it ended at once. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0;
    const stop = () => {
      if (++asked > 1) process.exit(1);
      setTimeout(() => process.exit(1), stopWithinMs).unref();
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

/** An error as a person should read it: what, why, what to do. */
export function explain(error: unknown): string {
  if (!(error instanceof WellheadError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const causes: string[] = [];
  // The innermost one says it: "database failed to open" is "lock: held by another process".
  for (let { cause } = error; cause instanceof Error; cause = cause.cause)
    if (!error.message.includes(cause.message)) causes.push(cause.message);
  const cause = causes.length === 0 ? '' : ` (${causes.join(': ')})`;
  return `${error.code}: ${error.message}${cause}\n${error.hint}`;
}
