// Ends of child processes: those that a test asked for, and those by themselves, which somebody must hear of.
import type { ChildProcess } from 'node:child_process';

const lastLines = 8;
const running = new Set<ChildProcess>();

// A test program that breaks off leaves none of its children behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface WatchedChild {
  /** When it is gone and all that it wrote is read: how, in words. */
  readonly ended: Promise<string>;
  /** From now on an end is one by itself; before, whoever waits for its start hears of it. */
  started(): void;
  /** Sends the signal; the end that follows is meant. Resolves when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** `said` gives what it wrote until now, of which the last lines go into the error. */
export function watchChild(
  child: ChildProcess,
  name: string,
  said: () => string,
  onEndedByItself: (error: Error) => void = () => undefined,
): WatchedChild {
  let isStarted = false;
  let isMeant = false;
  running.add(child);
  const ended = new Promise<string>((resolve) => {
    const end = (how: string) => {
      running.delete(child);
      resolve(how);
      if (isStarted && !isMeant)
        onEndedByItself(new Error(`${name} ended by itself (${how})${quoteEnd(said())}`));
    };
    child.once('close', (code, signal) => end(signal ?? `exit code ${code}`));
    child.once('error', (error) => end(error.message));
  });
  return {
    ended,
    started() {
      isStarted = true;
    },
    async end(signal) {
      isMeant = true;
      child.kill(signal);
      await ended;
    },
  };
}

/** The last lines of a text, to stand behind what went wrong. */
export function quoteEnd(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-lastLines);
  return lines.join('') === '' ? '; it had written nothing' : `; its last lines:\n${lines.join('\n')}`;
}
