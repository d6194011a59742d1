// Mosquitto, the broker people know, as a peer in the bench; Debian's package `mosquitto`.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../harness/ports.ts';
import { makeFolder, until } from '../harness/program.ts';

const places = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto'];

export interface Mosquitto {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts it on a free loopback port without persistence; undefined where it is not installed. */
export async function startMosquitto(): Promise<Mosquitto | undefined> {
  const binary = places.find((path) => existsSync(path));
  if (binary === undefined) return undefined;
  const folder = makeFolder('mosquitto');
  const port = await freePort();
  const file = join(folder.path, 'mosquitto.conf');
  writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\nmax_queued_messages 0\npersistence false\n`,
  );
  const child = spawn(binary, ['-c', file], { stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await until('mosquitto to listen', () => canConnect(port));
  return {
    port,
    async close() {
      child.kill('SIGTERM');
      await exited;
      folder.remove();
    },
  };
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
