// What the log in Kafka does when answers are lost, the broker is frozen or killed, and processes die.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collector } from '../../cloud/src/log/reading-log.contract.ts';
import type { LogEntry, ReadingLog } from '../../cloud/src/log/reading-log.ts';
import { freePort } from '../harness/ports.ts';
import { until } from '../harness/program.ts';
import { startAnswerCutter } from './answer-cutter.ts';
import { startKafka } from './kafka.ts';
import { newTopic, openLog, plainClient, readTopic, removeTopic } from './kafka-logs.ts';
import { nameOf, numbered, outOfOrder, startLoad } from './numbered.ts';

const broker = await startKafka();
const missing = 'missing' in broker ? broker.missing : undefined;
const gateways = 8;
const child = fileURLToPath(new URL('./kafka-child.ts', import.meta.url));

function startChild(...words: (string | number)[]) {
  const process_ = spawn(process.execPath, ['--import', 'tsx', child, ...words.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(process_, 'close');
  const said: string[] = [];
  createInterface({ input: process_.stdout }).on('line', (line) => said.push(line));
  return {
    said,
    async kill() {
      process_.kill('SIGKILL');
      await ended;
    },
  };
}

const namesOf = (entries: readonly { readonly batch: Uint8Array }[]) =>
  entries.map(({ batch }) => nameOf(batch));

describe.skipIf(missing !== undefined)(`Kafka${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in broker) return;
  const { address } = broker;
  let topic: string;
  let opened: ReadingLog[];
  beforeEach(() => {
    topic = newTopic();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((log) => log.close()));
    await removeTopic(address, topic);
  });
  afterAll(() => broker.close());

  async function open(at = address): Promise<ReadingLog> {
    const log = await openLog(at, topic);
    opened.push(log);
    return log;
  }

  /** Everything resolved is in the topic; gives how many records are there more than once. */
  async function checkTopic(resolved: Iterable<string>): Promise<{ doubled: number; held: number }> {
    const records = await readTopic(address, topic);
    const held = namesOf(records);
    const set = new Set(held);
    expect([...resolved].filter((name) => !set.has(name))).toEqual([]);
    return { doubled: held.length - set.size, held: set.size };
  }

  it('loses and doubles nothing, and keeps the order, when answers to sends are cut off', async () => {
    const { port, proxyPort } = broker.proxied;
    let isCutting = true;
    const proxy = await startAnswerCutter(proxyPort, port, (answer) => isCutting && answer % 9 === 5);
    const log = await open(`127.0.0.1:${proxyPort}`);
    const load = startLoad(log, gateways, 8);
    await until('30 cuts', () => proxy.cuts >= 30, 120_000);
    isCutting = false;
    await load.stop();
    await log.close();
    const { doubled } = await checkTopic(load.resolved);
    const names = namesOf(await readTopic(address, topic));
    await proxy.close();
    console.log(`${proxy.cuts} cuts of ${proxy.produced} sends, ${load.resolved.size} resolved`);
    expect(load.rejected.size).toBe(0);
    expect(doubled).toBe(0);
    expect(names).toHaveLength(load.resolved.size);
    expect(outOfOrder(names)).toEqual([]);
  });

  it('goes on by itself after the broker stood still for longer than a session', async () => {
    const log = await open();
    const reader = new Collector();
    const consumption = await reader.start(log, 'reader');
    const load = startLoad(log, gateways);
    await until('the consumer to be busy', () => reader.entries.length > 500);
    broker.freeze();
    await pause(14_000);
    broker.thaw();
    const { size } = load.resolved;
    await until('appends to go on', () => load.resolved.size > size + 500, 60_000);
    await load.stop();
    await consumption.caughtUp();
    const { doubled } = await checkTopic(load.resolved);
    expect(load.rejected.size).toBe(0);
    expect(doubled).toBe(0);
    expect(new Set(namesOf(reader.entries))).toEqual(new Set(load.resolved));
    console.log(`${load.resolved.size} resolved, ${reader.entries.length} handled`);
  });

  it('loses nothing when the broker is killed again and again, in the log and at a consumer', async () => {
    const log = await open();
    const reader = new Collector();
    const consumption = await reader.start(log, 'reader');
    const load = startLoad(log, gateways);
    for (let kill = 0; kill < 4; kill++) {
      const { size } = load.resolved;
      await until('appends to go on', () => load.resolved.size > size + 300, 60_000);
      await pause(Math.random() * 300);
      await broker.kill();
      await broker.restart();
    }
    const { size } = load.resolved;
    await until('appends to go on', () => load.resolved.size > size + 300, 60_000);
    await load.stop();
    await consumption.caughtUp();
    const { doubled } = await checkTopic(load.resolved);
    expect(load.rejected.size).toBe(0);
    expect(doubled).toBe(0);
    expect(new Set(namesOf(reader.entries))).toEqual(new Set(load.resolved));
    console.log(`${load.resolved.size} resolved, ${reader.entries.length} handled`);
  });

  it('holds everything a killed process said was resolved', async () => {
    const said: string[] = [];
    for (let kill = 0; kill < 4; kill++) {
      const process_ = startChild('append', address, topic, kill * 1_000_000 + 1);
      const goal = 200 + Math.floor(Math.random() * 400);
      await until('appends', () => process_.said.length > goal, 60_000, 1);
      await process_.kill();
      said.push(...process_.said);
    }
    const { doubled, held } = await checkTopic(said);
    expect(doubled).toBe(0);
    console.log(`${said.length} said to be resolved, ${held} held`);
  });

  it('says of no batch that it is kept, after it was closed without a broker', async () => {
    const log = await open();
    await log.append(numbered(1, 1));
    await broker.kill();
    const states: string[] = [];
    const appends = [2, 3].map((number) =>
      log.append(numbered(1, number)).then(
        () => states.push('kept'),
        (error: { code: string }) => states.push(error.code),
      ),
    );
    await log.close();
    await Promise.all(appends);
    expect(states).toEqual(['LOG_WRITE', 'LOG_WRITE']);
    await broker.restart();
    expect(namesOf(await readTopic(address, topic))[0]).toBe('gw-1 1');
  });

  it('hands the partitions of a killed member to the other, and skips nothing', async () => {
    const log = await open();
    const other = startChild('consume', address, topic);
    const reader = new Collector();
    const consumption = await reader.start(log, 'indexer', { maxBytes: 2_000 });
    const load = startLoad(log, gateways);
    await until('both to be busy', () => reader.entries.length > 200 && other.said.length > 200, 60_000);
    await other.kill();
    await pause(1_000);
    await load.stop();
    await consumption.caughtUp();
    const handled = new Set([...namesOf(reader.entries), ...other.said]);
    expect(handled).toEqual(new Set(load.resolved));
    const partitions = new Set(reader.entries.map(({ partition }) => partition));
    expect(partitions.size).toBe(3);
    expect(consumption.lag).toBe(0);
    console.log(
      `${load.resolved.size} resolved, ${reader.entries.length + other.said.length} handled by the two`,
    );
  });

  it('skips nothing while members come and go in the middle of handling', async () => {
    const log = await open();
    const second = await open();
    const handled: string[] = [];
    const slow = async (entries: readonly LogEntry[]) => {
      await pause(150);
      handled.push(...namesOf(entries));
    };
    const options = { maxBytes: 20_000, lingerMs: 0, onError: () => undefined };
    const stays = await log.consume('indexer', slow, options);
    const load = startLoad(log, gateways, 1);
    for (let round = 0; round < 4; round++) {
      const guest = await second.consume('indexer', slow, options);
      await pause(1_500 + Math.random() * 1_000);
      await guest.close();
    }
    await load.stop();
    await stays.caughtUp();
    expect(new Set(handled)).toEqual(new Set(load.resolved));
    console.log(`${load.resolved.size} resolved, ${handled.length} handled`);
  });

  it('keeps its partitions while a handler takes longer than a session', async () => {
    const log = await open();
    const second = await open();
    const calls: string[][] = [];
    const slow = async (entries: readonly LogEntry[]) => {
      calls.push(namesOf(entries));
      if (calls.length === 1) await pause(9_000);
    };
    const first = await log.consume('indexer', slow, { maxBytes: 1, lingerMs: 0, onError: () => undefined });
    await log.append(numbered(1, 1));
    await until('the handler', () => calls.length === 1);
    await pause(7_000);
    await log.append(numbered(1, 2));
    await first.caughtUp();
    expect(calls).toEqual([['gw-1 1'], ['gw-1 2']]);
    await second.close();
  });

  it('goes on with other partitions while one fails', async () => {
    const log = await open();
    const reader = new Collector();
    let poison: number | undefined;
    reader.failing = ([entry]) => {
      poison ??= entry!.partition;
      return entry!.partition === poison;
    };
    const consumption = await reader.start(log, 'indexer', { maxBytes: 1 });
    for (let number = 1; number <= 20; number++)
      await Promise.all(
        Array.from({ length: gateways }, (_, gateway) => log.append(numbered(gateway, number))),
      );
    const records = await readTopic(address, topic);
    const others = records.filter(({ partition }) => partition !== poison).length;
    await until('the others', () => reader.entries.length === others);
    await until('their places', () => consumption.lag === records.length - others);
    reader.failing = () => false;
    await consumption.caughtUp();
    expect(namesOf(reader.entries)).toHaveLength(records.length);
    expect(outOfOrder(namesOf(reader.entries))).toEqual([]);
  });

  it('counts what Kafka removed before it was handled', async () => {
    const log = await open();
    const reader = new Collector();
    const before = await reader.start(log, 'indexer');
    await log.append(numbered(1, 1));
    await before.caughtUp();
    await before.close();
    for (let number = 2; number <= 10; number++) await log.append(numbered(1, number));
    const { partition } = reader.entries[0]!;
    const admin = plainClient(address).admin();
    await admin.connect();
    // Asking for its offsets makes the topic known to this client.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: '7' }] });
    await admin.disconnect();
    let lost = 0;
    const after = await log.consume('indexer', () => Promise.resolve(), {
      maxBytes: 1_000,
      lingerMs: 0,
      onError: () => undefined,
      onLost: (entries) => {
        lost += entries;
      },
    });
    await after.caughtUp();
    expect(lost).toBe(6);
  });

  it('takes a place back soon after the process that held it was killed', async () => {
    const log = await open();
    for (let number = 1; number <= 3; number++) await log.append(numbered(1, number));
    const other = startChild('consume', address, topic);
    await until('the other', () => other.said.length === 3, 60_000);
    await other.kill();
    const reader = new Collector();
    await (await reader.start(log, 'indexer', { from: 'beginning' })).caughtUp();
    expect(namesOf(reader.entries)).toEqual(other.said);
  });

  it('does not take a place back while other members run', async () => {
    const log = await open();
    const second = await open();
    await new Collector().start(log, 'indexer');
    await expect(new Collector().start(second, 'indexer', { from: 'beginning' })).rejects.toMatchObject({
      code: 'LOG_WRITE',
      hint: expect.stringContaining('Stop every process'),
    });
  });

  it('leaves a topic as it is that others made, and says LOG_OPEN where no broker answers', async () => {
    await open();
    const log = await openLog(address, topic, { partitions: 7 });
    for (let gateway = 0; gateway < 40; gateway++) await log.append(numbered(gateway, 1));
    await log.close();
    const partitions = new Set((await readTopic(address, topic)).map(({ partition }) => partition));
    expect([...partitions].sort()).toEqual([0, 1, 2]);
    const nowhere = `127.0.0.1:${await freePort()}`;
    await expect(openLog(nowhere, topic)).rejects.toMatchObject({
      code: 'LOG_OPEN',
      message: expect.stringContaining(nowhere),
      hint: expect.stringContaining('log.brokers'),
    });
  });
});
