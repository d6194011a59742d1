// Starts the real programs as processes, on free loopback ports, and ends them by their process id.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { quoteEnd, type WatchedChild, watchChild } from './endings.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface Program {
  readonly pid: number;
  /** What the program said of itself when it was running: ports and the like. */
  readonly said: Readonly<Record<string, unknown>>;
  /** Everything written to stderr, the last 64 kB. */
  readonly log: () => string;
  /** Resident memory in bytes, from the kernel. */
  readonly memory: () => number;
  /** Processor seconds used so far, from the kernel. */
  readonly cpuSeconds: () => number;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

export interface ProgramOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Of its configuration, without the ending, and what it is called; `edge` or `cloud` unless told. */
  readonly fileName?: string;
  /** Every line of its log. */
  readonly onLogLine?: (line: string) => void;
  /** Called when it ends though nobody here asked for it, with its last log lines. */
  readonly onEndedByItself?: (error: Error) => void;
}

/** Longer than a program itself waits for a server that is coming up. */
const readyWithinMs = 120_000;
const logBytes = 64 * 1024;

/** A temporary folder, removed by the returned function. */
export function makeFolder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `wellhead-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts `edge` or `cloud` with a configuration and waits until it says that it is running. */
export async function startProgram(
  name: 'edge' | 'cloud',
  folder: string,
  config: object,
  { environment = {}, fileName = name, onLogLine, onEndedByItself }: ProgramOptions = {},
): Promise<Program> {
  const file = join(folder, `${fileName}.yaml`);
  writeFileSync(file, stringify(config));
  const child = spawn(process.execPath, [join(repository, name, 'dist/main.js'), '--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let log = '';
  let isRunning = false;
  child.stderr.setEncoding('utf8');
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const watched = watchChild(child, fileName, () => log, onEndedByItself);
  if (onLogLine !== undefined) createInterface({ input: child.stderr }).on('line', onLogLine);
  const said = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`${fileName} did not start within ${readyWithinMs / 1000} s${quoteEnd(log)}`));
      void watched.end('SIGKILL');
    }, readyWithinMs);
    child.stderr.on('data', (chunk: string) => {
      log = (log + chunk).slice(-logBytes);
      if (isRunning) return;
      const line = log.split('\n').find((text) => text.includes('is running"'));
      if (line === undefined) return;
      isRunning = true;
      clearTimeout(late);
      watched.started();
      resolve(JSON.parse(line) as Record<string, unknown>);
    });
    void watched.ended.then((how) => {
      clearTimeout(late);
      reject(new Error(`${fileName} ended while it started (${how})${quoteEnd(log)}`));
    });
  });
  return handleOf(child.pid!, { watched, said, exited, log: () => log });
}

function handleOf(
  pid: number,
  { watched, ...facts }: { readonly watched: WatchedChild } & Pick<Program, 'said' | 'exited' | 'log'>,
): Program {
  return {
    pid,
    ...facts,
    memory: () => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    },
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    kill: () => watched.end('SIGKILL'),
    async stop() {
      await watched.end('SIGTERM');
      return facts.exited;
    },
  };
}

/**
 * Asks again every few milliseconds until `done` gives something; fails with `what` after the time is up, and with
 * what `done` threw last: an error of its own making says what was there instead.
 */
export async function until<T>(
  what: string,
  done: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 30_000,
  everyMs = 20,
): Promise<T> {
  const end = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const result = await done();
      if (result !== undefined && result !== false) return result;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(
    `waited ${withinMs} ms for ${what}${last === undefined ? '' : `: ${(last as Error).message}`}`,
  );
}

export async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
