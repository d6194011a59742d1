// Mosquitto, the broker people know: a peer in the bench, a broker of one's own in tests. Debian's package `mosquitto`.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type WatchedChild, watchChild } from '../harness/endings.ts';
import { freePort } from '../harness/ports.ts';
import { makeFolder, until } from '../harness/program.ts';
import { findOrInstall } from './debian.ts';

const places = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto'];

export interface Mosquitto {
  readonly port: number;
  /** kill -9, and start again on the same port with the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free loopback port; undefined where it is not installed. */
export async function startMosquitto(
  options: { readonly persistent?: boolean; readonly onEndedByItself?: (error: Error) => void } = {},
): Promise<Mosquitto | undefined> {
  const binary = findOrInstall('mosquitto', places);
  if (binary === undefined) return undefined;
  const folder = makeFolder('mosquitto');
  const port = await freePort();
  const file = join(folder.path, 'mosquitto.conf');
  const data = join(folder.path, 'data');
  mkdirSync(data);
  // Without `user root` it gives up its rights and then silently keeps nothing in a folder of ours.
  const persistence = options.persistent
    ? `persistence true\npersistence_location ${data}/\nautosave_interval 1\nautosave_on_changes true\nuser root\n`
    : 'persistence false\n';
  writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\nmax_queued_messages 0\n${persistence}`,
  );
  let watched: WatchedChild;
  const start = async () => {
    const child = spawn(binary, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => {
      said = (said + text).slice(-4_000);
    });
    watched = watchChild(child, 'Mosquitto', () => said, options.onEndedByItself);
    await until('mosquitto to listen', () => canConnect(port));
    watched.started();
  };
  await start();
  return {
    port,
    async restart() {
      await watched.end('SIGKILL');
      await start();
    },
    async close() {
      await watched.end('SIGTERM');
      folder.remove();
    },
  };
}

export function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
