// A Modbus RTU slave of another make for tests: pymodbus at one end of a pseudo-terminal, our bus at the other.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, until } from '../harness/program.ts';

export interface Pymodbus {
  /** The serial port to open. */
  readonly path: string;
  close(): Promise<void>;
}

const version = '3.16.0';
const installWithinMs = 3 * 60_000;
const slave = fileURLToPath(new URL('./pymodbus-slave.py', import.meta.url));

/** Starts the slave; where it cannot be had, why: for the titles of the tests that are skipped then. */
export async function startPymodbus(): Promise<Pymodbus | { readonly missing: string }> {
  if (spawnSync('socat', ['-V']).status !== 0) return { missing: 'socat is not installed' };
  let python: string;
  try {
    python = installOnce();
  } catch (error) {
    return { missing: `pymodbus cannot be installed: ${(error as Error).message.split('\n')[0]}` };
  }
  const folder = makeFolder('pymodbus');
  const [ours, theirs] = [join(folder.path, 'ours'), join(folder.path, 'theirs')];
  const line = spawn('socat', [`pty,raw,echo=0,link=${ours}`, `pty,raw,echo=0,link=${theirs}`], {
    stdio: 'ignore',
  });
  await until('both ends of the line', () => existsSync(ours) && existsSync(theirs));
  const server = spawn(python, [slave, theirs], { stdio: ['ignore', 'pipe', 'ignore'] });
  let isReady = false;
  server.stdout.on('data', (text: Buffer) => {
    isReady ||= text.includes('READY');
  });
  await until(
    'pymodbus',
    () => isReady || (server.exitCode !== null && Promise.reject(new Error('it ended'))),
  );
  return {
    path: ours,
    async close() {
      for (const child of [server, line]) {
        const exited = new Promise((resolve) => child.once('exit', resolve));
        if (child.exitCode === null && child.kill('SIGKILL')) await exited;
      }
      folder.remove();
    },
  };
}

/** The interpreter of an environment with pymodbus, made once and kept outside the work tree. */
function installOnce(): string {
  const cache = process.env.WELLHEAD_CACHE ?? join(tmpdir(), 'wellhead-cache');
  const home = join(cache, `pymodbus-${version}`);
  const python = join(home, 'bin/python');
  if (existsSync(join(home, 'ready'))) return python;
  // An environment knows its own path, so it is made in place; the mark comes last.
  rmSync(home, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { timeout: installWithinMs, stdio: ['ignore', 'ignore', 'pipe'] });
  run('python3', '-m', 'venv', home);
  run(python, '-m', 'pip', 'install', '--quiet', `pymodbus==${version}`, 'pyserial');
  mkdirSync(join(home, 'ready.part'));
  renameSync(join(home, 'ready.part'), join(home, 'ready'));
  return python;
}
