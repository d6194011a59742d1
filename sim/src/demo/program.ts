// One of the real programs as a process of its own, started again when it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WellheadError } from '@wellhead/protocol';

export interface ProgramOptions {
  readonly name: 'edge' | 'cloud';
  /** Its configuration file. */
  readonly config: string;
  /** Where its log lines go. */
  readonly logFile: string;
  readonly onExit: (how: string) => void;
}

export interface SupervisedProgram {
  readonly running: boolean;
  /** kill -9; it stays away for `awayMs` and is then started again. */
  kill(awayMs: number): void;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>;
}

const readyWithinMs = 30_000;
const restartAfterMs = 1_000;
const stopWithinMs = 15_000;

/** Starts the program and waits until it says that it is running. @throws WellheadError CONFIG_INVALID */
export async function superviseProgram(options: ProgramOptions): Promise<SupervisedProgram> {
  const path = fileURLToPath(new URL(`../../${options.name}/dist/main.js`, import.meta.url));
  if (!existsSync(path)) {
    throw new WellheadError('CONFIG_UNREADABLE', `${options.name} is not built: there is no ${path}`, {
      hint: 'Run `npm start`, which builds and starts everything, or `npm run build` first.',
    });
  }
  const log: WriteStream = createWriteStream(options.logFile, { flags: 'a' });
  let child: ChildProcess | undefined;
  // What never ran is not tried again: whoever starts it is told why.
  let hasRun = false;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let awayMs = restartAfterMs;

  function start(): Promise<void> {
    return new Promise((resolve, reject) => {
      // A group of its own, so that Ctrl-C in the terminal reaches the demo alone, which stops it in order.
      const mine = spawn(process.execPath, [path, '--config', options.config], {
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: true,
      });
      child = mine;
      let said = '';
      const late = setTimeout(
        () => reject(failure(`it did not start within ${readyWithinMs / 1000} s`, said)),
        readyWithinMs,
      );
      mine.stderr!.setEncoding('utf8');
      mine.stderr!.on('data', (text: string) => {
        log.write(text);
        said = (said + text).slice(-4_096);
        if (said.includes('is running"')) {
          clearTimeout(late);
          resolve();
        }
      });
      mine.once('exit', (code, signal) => {
        clearTimeout(late);
        child = undefined;
        reject(failure(`it ended with ${signal ?? code}`, said));
        if (stopping || !hasRun) return;
        options.onExit(signal === 'SIGKILL' ? 'killed' : `ended with ${signal ?? code}`);
        timer = setTimeout(() => start().catch(() => undefined), awayMs);
        awayMs = restartAfterMs;
      });
    });
  }

  const failure = (what: string, said: string) =>
    new WellheadError('CONFIG_INVALID', `${options.name}: ${what}\n${said.trim()}`, {
      hint: `Its log is ${options.logFile}.`,
    });

  try {
    await start();
  } catch (error) {
    stopping = true;
    child?.kill('SIGKILL');
    log.end();
    throw error;
  }
  hasRun = true;
  return {
    get running() {
      return child !== undefined;
    },
    kill(away) {
      awayMs = away;
      child?.kill('SIGKILL');
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const mine = child;
      if (mine !== undefined) {
        await new Promise<void>((resolve) => {
          const force = setTimeout(() => mine.kill('SIGKILL'), stopWithinMs);
          mine.once('exit', () => {
            clearTimeout(force);
            resolve();
          });
          mine.kill('SIGTERM');
        });
      }
      log.end();
    },
  };
}
