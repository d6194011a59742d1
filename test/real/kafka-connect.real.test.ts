// How the log in Kafka is reached: by one of several addresses, encrypted, with a login.
import { spawnSync } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cloudConfigSchema } from '../../cloud/src/config/schema.ts';
import type { LogEntry, ReadingLog } from '../../cloud/src/log/reading-log.ts';
import { openLog } from '../../cloud/src/role/open-log.ts';
import { freePort } from '../harness/ports.ts';
import { makeFolder } from '../harness/program.ts';
import { startKafka } from './kafka.ts';
import { newTopic } from './kafka-logs.ts';
import { makeAuthority } from './make-authority.ts';
import { nameOf, numbered } from './numbered.ts';

const folder = makeFolder('kafka-connect');
const login = { username: 'wellhead', password: 'secret-of-the-test' };
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const broker = hasOpenssl
  ? await startKafka({ pemFile: makeAuthority(folder.path).serverFile, ...login })
  : { missing: 'openssl is not installed' };
const missing = 'missing' in broker ? broker.missing : undefined;

describe.skipIf(missing !== undefined)(`Kafka${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in broker) return;
  afterAll(async () => {
    await broker.close();
    folder.remove();
  });

  /** As the cloud opens it, from the keys of its configuration. */
  const open = async (keys: { brokers: string[] } & Record<string, unknown>) => {
    const { log } = cloudConfigSchema.parse({ log: { kind: 'kafka', topic: newTopic(), ...keys } });
    const opened = await openLog(log, {
      data: folder.path,
      beside: (path) => join(folder.path, path),
      name: 'wellhead-test',
      now: Date.now,
      onRemoved: () => undefined,
      onError: () => undefined,
      onTrouble: () => undefined,
    });
    return opened.log;
  };
  const writeAndRead = async (log: ReadingLog, first: number) => {
    const entries: LogEntry[] = [];
    const consumption = await log.consume(
      'reader',
      async (some) => {
        entries.push(...some);
      },
      { maxBytes: 10_000, lingerMs: 0, onError: () => undefined },
    );
    for (let number = first; number < first + 10; number++) await log.append(numbered(1, number));
    await consumption.caughtUp();
    await consumption.close();
    return entries.map(({ batch }) => nameOf(batch));
  };
  const names = (first: number) => Array.from({ length: 10 }, (_, i) => `gw-1 ${first + i}`);

  it('is found when the first of its addresses is dead, also after it was killed', async () => {
    const dead = `127.0.0.1:${await freePort()}`;
    const log = await open({ brokers: [dead, broker.address] });
    expect(await writeAndRead(log, 1)).toEqual(names(1));
    await broker.kill();
    await broker.restart();
    expect(await writeAndRead(log, 11)).toEqual(names(11));
    await log.close();
  });

  it('is found when the first of its addresses accepts and says nothing', async () => {
    const sockets = new Set<Socket>();
    const mute = createServer((socket) => sockets.add(socket));
    const port = await freePort();
    await new Promise<void>((resolve) => mute.listen(port, '127.0.0.1', resolve));
    const start = performance.now();
    const log = await open({ brokers: [`127.0.0.1:${port}`, broker.address] });
    console.log(`opened after ${Math.round(performance.now() - start)} ms, ${sockets.size} at the mute one`);
    expect(await writeAndRead(log, 1)).toEqual(names(1));
    await log.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });

  it('is reached with TLS and a login, and goes on after it was killed', async () => {
    const log = await open({ brokers: [broker.secured], ssl: true, caFile: 'ca.pem', ...login });
    expect(await writeAndRead(log, 1)).toEqual(names(1));
    await broker.kill();
    await broker.restart();
    expect(await writeAndRead(log, 11)).toEqual(names(11));
    await log.close();
  });

  it.each([
    ['the wrong password', { ssl: true, caFile: 'ca.pem', ...login, password: 'another one' }],
    ['no login', { ssl: true, caFile: 'ca.pem' }],
    ['an authority nobody named', { ssl: true, ...login }],
    ['no encryption', { ...login }],
  ])('is not reached with %s, and that is said', async (_what, keys) => {
    await expect(open({ brokers: [broker.secured], ...keys })).rejects.toMatchObject({
      code: 'LOG_OPEN',
      hint: expect.stringContaining('TLS and login'),
    });
  });

  it('says which certificate cannot be read', async () => {
    await expect(open({ brokers: [broker.secured], ssl: true, caFile: 'none.pem' })).rejects.toMatchObject({
      code: 'LOG_OPEN',
      message: expect.stringContaining('none.pem'),
    });
  });
});
