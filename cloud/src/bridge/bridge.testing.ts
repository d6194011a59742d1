// A bridge, with all that it writes to in memory.
import type { KeyValueDb } from '@wellhead/host';
import { type Batch, type Block, encodeBatch, encodeBlock, hourMs } from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { openDeadLetters } from '../dead-letter/dead-letters.ts';
import { Gateways } from '../fleet/gateways.ts';
import { openCloudMeters } from '../health/meters.ts';
import { openLevelLog } from '../log/level/level-log.ts';
import { Collector } from '../log/reading-log.contract.ts';
import { sampleBlock, seqs, start } from '../store/reading-store.testing.ts';
import { createBridge } from './bridge.ts';
import { createIntake } from './intake.ts';

export const topic = (kind: string) => `wellhead/1/site-a/gateway-1/${kind}`;
export const now = start + hourMs;

export type TestBridge = Awaited<ReturnType<typeof openTestBridge>>;

interface Letter {
  readonly topic: string;
  readonly reason: string;
  readonly detail: string;
  readonly payload: string;
}

/** Over what an earlier one left, or over nothing. */
export async function openTestBridge(
  db: KeyValueDb = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' }),
) {
  const meters = openCloudMeters();
  const published: [string, string][] = [];
  const log = await openLevelLog({ db, now: () => now, defer: setImmediate });
  const deadLetters = await openDeadLetters({ db, limit: 100, now: () => now, count: meters.add });
  const gateways = await Gateways.open(db, () => undefined);
  const intake = createIntake({
    log,
    gateways,
    now: () => now,
    count: meters.add,
    publish: (to, payload) => published.push([to, payload]),
  });
  return {
    db,
    meters,
    published,
    log,
    gateways,
    bridge: createBridge({ intake, deadLetters }),
    async logged(): Promise<Uint8Array[]> {
      const reader = new Collector();
      const consumption = await reader.start(log, 'auditor', { from: 1 });
      await consumption.caughtUp();
      await consumption.close();
      return reader.entries.map((entry) => entry.batch);
    },
    async letters(): Promise<Letter[]> {
      const values = await db.values({ gte: 'x!', lt: 'x"' }).all();
      return values.map((value) => JSON.parse(Buffer.from(value).toString()));
    },
  };
}

export function batchOf(blocks: readonly Block[], head: Partial<Batch> = {}): Uint8Array {
  return encodeBatch({
    site: 'site-a',
    gateway: 'gateway-1',
    origin: 'origin-1',
    lane: 'live',
    ...head,
    blocks: blocks.map(encodeBlock),
  });
}

export const goodBatch = () => batchOf([sampleBlock({}, seqs(1, 5))]);

/** As publishers send it that are no gateways. */
export function reading(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sensor: 'rain',
    type: 'weather',
    measuredAt: '2026-01-01T00:30:00Z',
    values: { rain: 0.2, note: 'drizzle' },
    ...changes,
  };
}
