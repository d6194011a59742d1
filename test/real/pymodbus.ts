// A Modbus RTU slave of another make for tests: pymodbus at one end of a pseudo-terminal, our bus at the other.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, until } from '../harness/program.ts';
import { tryPython } from './python-packages.ts';

export interface Pymodbus {
  /** The serial port to open. */
  readonly path: string;
  close(): Promise<void>;
}

const version = '3.16.0';
const slave = fileURLToPath(new URL('./pymodbus-slave.py', import.meta.url));

/** Starts the slave; where it cannot be had, why: for the titles of the tests that are skipped then. */
export async function startPymodbus(): Promise<Pymodbus | { readonly missing: string }> {
  if (spawnSync('socat', ['-V']).status !== 0) return { missing: 'socat is not installed' };
  const installed = tryPython(`pymodbus-${version}`, [`pymodbus==${version}`, 'pyserial']);
  if ('missing' in installed) return installed;
  const python = join(installed.programs, 'python');
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
