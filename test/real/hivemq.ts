// HiveMQ CE, the second broker of MQTT 5 that gateway and cloud are tested with.
import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from '../harness/ports.ts';
import { makeFolder, until } from '../harness/program.ts';
import { buildOnce } from './build-once.ts';

export interface Hivemq {
  readonly port: number;
  /** kill -9, and start again on the same port with the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const readyWithinMs = 60_000;

/** Starts it on a free loopback port; undefined where it cannot be put together or does not start. */
export async function startHivemq(): Promise<Hivemq | undefined> {
  let home: string;
  try {
    home = buildOnce('hivemq');
  } catch {
    return undefined; // no JDK, no Maven, or no repository: the test that wants it says that it is skipped
  }
  const folder = makeFolder('hivemq');
  const port = await freePort();
  let child: ChildProcess;
  let exited: Promise<void>;
  const start = async () => {
    let said = '';
    child = spawn(
      'java',
      ['-Xmx384m', '-cp', `${home}/broker:${home}/lib/*`, 'TestBroker', folder.path, String(port)],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    exited = new Promise((resolve) => child.once('exit', () => resolve()));
    child.once('error', () => undefined);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-1_000);
    });
    await until('HiveMQ to be ready', () => said.includes('the broker is ready'), readyWithinMs);
  };
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  await start();
  return {
    port,
    async restart() {
      await end('SIGKILL');
      await start();
    },
    async close() {
      await end('SIGKILL');
      folder.remove();
    },
  };
}
