// Starts the real programs as processes, on free loopback ports, and ends them by their process id.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

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
  environment: Record<string, string> = {},
  fileName: string = name,
): Promise<Program> {
  const file = join(folder, `${fileName}.yaml`);
  writeFileSync(file, stringify(config));
  const child = spawn(process.execPath, [join(repository, name, 'dist/main.js'), '--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let log = '';
  let isRunning = false;
  child.stderr!.setEncoding('utf8');
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const said = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${name} did not start in time:\n${log}`));
    }, readyWithinMs);
    child.stderr!.on('data', (chunk: string) => {
      log = (log + chunk).slice(-logBytes);
      if (isRunning) return;
      const line = log.split('\n').find((text) => text.includes('is running"'));
      if (line === undefined) return;
      isRunning = true;
      clearTimeout(late);
      resolve(JSON.parse(line) as Record<string, unknown>);
    });
    void exited.then((code) => {
      clearTimeout(late);
      reject(new Error(`${name} ended with ${code}:\n${log}`));
    });
  });
  return handleOf(child, said, exited, () => log);
}

function handleOf(
  child: ChildProcess,
  said: Record<string, unknown>,
  exited: Promise<number | null>,
  log: () => string,
): Program {
  const pid = child.pid!;
  return {
    pid,
    said,
    log,
    exited,
    memory: () => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    },
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Asks again every few milliseconds until `done` gives something; fails with `what` after the time is up. */
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
