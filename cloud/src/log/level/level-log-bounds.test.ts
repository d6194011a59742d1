// The log at its bounds: data of a newer program, exactly as many bytes as are asked for, nothing to remove, its end.
import { getEventListeners } from 'node:events';
import type { KeyValueDb } from '@wellhead/host';
import { MemoryLevel } from 'memory-level';
import { expect, it } from 'vitest';
import { batch, Collector } from '../reading-log.contract.ts';
import { sleep } from './level-consumer.ts';
import { openLevelLog } from './level-log.ts';

const memory = () => new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' }) as KeyValueDb;
const open = (db: KeyValueDb) => openLevelLog({ db, now: Date.now, defer: setImmediate });

it('refuses the log of a newer program, in the words that say which', async () => {
  const db = memory();
  await db.put('m!format', Buffer.from('99'));
  await expect(open(db)).rejects.toMatchObject({
    code: 'LOG_OPEN',
    message: 'the log is of version 99, this program knows 1',
  });
});

it('hands over no entry more once the bytes that are asked for are there', async () => {
  const log = await open(memory());
  const timeBytes = 8;
  for (const i of [1, 2, 3]) await log.append(batch(i));
  const reader = new Collector();
  const consumption = await reader.start(log, 'reader', { maxBytes: timeBytes + batch(1).length });
  await consumption.caughtUp();
  expect(reader.calls).toEqual([['batch 1'], ['batch 2'], ['batch 3']]);
  await log.close();
});

it('writes nothing where there is nothing to remove', async () => {
  const db = memory();
  const log = await open(db);
  const before = await db.iterator({}).all();
  expect(await log.removeOldest(10, 1_000)).toEqual({ entries: 0, bytes: 0 });
  expect(await db.iterator({}).all()).toEqual(before);
  await log.close();
});

it('says of an append after its end that it is closed', async () => {
  const log = await open(memory());
  await log.close();
  await expect(log.append(batch(1))).rejects.toMatchObject({
    code: 'LOG_WRITE',
    message: 'the log is closed already',
  });
});

it('waits at its end for the handlers under way, before the database is closed', async () => {
  const db = memory();
  const log = await open(db);
  const steps: string[] = [];
  let begun: () => void = () => undefined;
  let finish: () => void = () => undefined;
  const isBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const handler = new Promise<void>((resolve) => {
    finish = () => {
      steps.push('handled');
      resolve();
    };
  });
  const { close } = db;
  db.close = () => {
    steps.push('database closed');
    return close.call(db);
  };
  await log.consume(
    'reader',
    () => {
      begun();
      return handler;
    },
    { maxBytes: 1_000, lingerMs: 0, onError: () => undefined },
  );
  await log.append(batch(1));
  await isBegun;
  const closed = log.close();
  await new Promise((resolve) => setImmediate(resolve));
  finish();
  await closed;
  expect(steps).toEqual(['handled', 'database closed']);
});

it('a wait that is broken off before it began is over at once', async () => {
  await sleep(3_600_000, AbortSignal.abort());
});

it('a wait that is over leaves nothing at its signal', async () => {
  const { signal } = new AbortController();
  const over = sleep(1, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await over;
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
