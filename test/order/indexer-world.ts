// From the log into the store: batches that come twice, are corrected or cannot be read, a store that fails.
import { decodeBatch, encodeBatch, encodeBlock } from '@wellhead/protocol';
import fc, { type Arbitrary } from 'fast-check';
import { type DeadLetters, openDeadLetters } from '../../cloud/src/dead-letter/dead-letters.ts';
import { createIndexer } from '../../cloud/src/indexer/indexer.ts';
import { type LevelLog, openLevelLog } from '../../cloud/src/log/level/level-log.ts';
import { sampleBlock } from '../../cloud/src/store/reading-store.testing.ts';
import { ReopeningDb } from '../../host/src/disk/reopening-db.ts';
import { Disk } from './disk.ts';
import { inTurn } from './journal-world.ts';
import type { Life } from './life.ts';
import { waitWith } from './log-world.ts';
import { type Ending, ending, runLives } from './run-lives.ts';
import { type Fault, faults, isDiskFault, ScheduledDb } from './scheduled-db.ts';
import { modelStore, type StoreUnderTest } from './store-under-test.ts';
import type { World } from './world.ts';

interface BatchStep {
  readonly origin: string;
  readonly from: number;
  readonly count: number;
  readonly revision: number;
  /** The log's disk made it unreadable. */
  readonly isDamaged: boolean;
}

interface IndexerLife {
  readonly append: readonly BatchStep[];
  readonly restarts: number;
  /** The numbers of the store's writes that fail. */
  readonly storeFaults: readonly number[];
  readonly faults: readonly Fault[];
  readonly ending: Ending;
}

export interface IndexerPlan {
  readonly lives: readonly IndexerLife[];
}

const batchStep: Arbitrary<BatchStep> = fc.record({
  origin: fc.constantFrom('aa', 'bb'),
  from: fc.integer({ min: 1, max: 8 }),
  count: fc.integer({ min: 1, max: 4 }),
  revision: fc.nat(2),
  isDamaged: fc.constantFrom(false, false, false, true),
});

const indexerLife: Arbitrary<IndexerLife> = fc.record({
  append: fc.array(batchStep, { maxLength: 8 }),
  restarts: fc.nat(2),
  storeFaults: fc.array(fc.nat(5), { maxLength: 2 }),
  faults,
  ending,
});

const sensor = 'well-1';
const gateway = 'gateway-1';

export function indexerWorld(openStore: (site: string) => StoreUnderTest = modelStore): World<IndexerPlan> {
  let runs = 0;
  return {
    name: 'indexer',
    plan: fc.record({ lives: fc.array(indexerLife, { minLength: 1, maxLength: 3 }) }),
    async run({ lives }, scheduler) {
      const site = `site-${++runs}`;
      const disk = new Disk();
      const store = openStore(site);
      /** By origin and seq, the highest revision that was acknowledged. */
      const acknowledged = new Map<string, number>();
      const unreadable = new Set<string>();
      const give = (log: LevelLog, step: BatchStep) =>
        giveBatch(log, site, step, { acknowledged, unreadable });
      return runLives({
        scheduler,
        disk,
        lives,
        live: async (life, plan) => {
          const parts = await openParts(life, disk, plan.faults);
          await Promise.all([
            inTurn(plan.append, (step) => give(parts.log, step)),
            indexAgain(parts, life, store, plan),
          ]);
          await parts.log.close();
        },
        last: async (life) => {
          const { log, letters } = await openParts(life, disk, []);
          await (await startIndexer({ log, letters }, life, store, [])).caughtUp();
          const held = await store.held();
          for (const [key, revision] of acknowledged) {
            const stored = held.get(key);
            if (stored === undefined) throw new Error(`${key} was acknowledged and is not stored`);
            if (stored < revision) throw new Error(`${key} is stored as ${stored}, not as ${revision}`);
          }
          const dead = new Set<string>();
          for await (const { payload } of letters.newest()) dead.add(Buffer.from(payload).toString('hex'));
          for (const payload of unreadable)
            if (!dead.has(payload)) throw new Error('what cannot be read is no dead letter');
          for (const payload of dead)
            if (isReadable(payload)) throw new Error('a sound batch is a dead letter');
          await log.close();
        },
      });
    },
  };
}

interface Parts {
  readonly log: LevelLog;
  readonly letters: DeadLetters;
}

async function openParts(life: Life, disk: Disk, faults: readonly Fault[]): Promise<Parts> {
  const db = new ReopeningDb(new ScheduledDb({ disk, point: life.point, faults }));
  const log = await openLevelLog({ db, now: () => 0, defer: life.defer, wait: waitWith(life.timers) });
  const letters = await openDeadLetters({ db, limit: 1_000, now: () => 0, count: () => undefined });
  return { log, letters };
}

async function giveBatch(
  log: LevelLog,
  site: string,
  { origin, from, count, revision, isDamaged }: BatchStep,
  { acknowledged, unreadable }: { acknowledged: Map<string, number>; unreadable: Set<string> },
): Promise<void> {
  const samples = Array.from({ length: count }, (_, i) => ({ seq: from + i, revision }));
  const blocks = [encodeBlock(sampleBlock({ sensor }, samples))];
  const payload = encodeBatch({ site, gateway, origin, lane: 'live', blocks });
  if (isDamaged) payload[20]! ^= 1;
  await log.append(payload);
  if (isDamaged) unreadable.add(Buffer.from(payload).toString('hex'));
  else
    for (const { seq } of samples) {
      const key = `${origin}/${seq}`;
      acknowledged.set(key, Math.max(revision, acknowledged.get(key) ?? 0));
    }
}

function isReadable(payload: string): boolean {
  try {
    decodeBatch(Buffer.from(payload, 'hex'));
    return true;
  } catch {
    return false;
  }
}

async function startIndexer(
  { log, letters }: Parts,
  life: Life,
  store: StoreUnderTest,
  storeFaults: readonly number[],
) {
  let writes = 0;
  const handle = createIndexer({
    store: {
      async write(batches) {
        await life.point('store');
        if (storeFaults.includes(writes++)) throw new Error('the disk failed');
        const result = await life.held('storing', store.write(batches));
        await life.point('stored');
        return result;
      },
    },
    deadLetters: letters,
    onStored: () => undefined,
    count: () => undefined,
  });
  return log.consume('indexer', handle, {
    maxBytes: 200,
    lingerMs: 10,
    onError: (error) => {
      if (!isDiskFault(error)) throw error;
    },
  });
}

/** Stops and starts now and then; some starts are from the beginning, as after a lost store. */
async function indexAgain(parts: Parts, life: Life, store: StoreUnderTest, plan: IndexerLife): Promise<void> {
  const turns = Array.from({ length: plan.restarts + 1 }, (_, turn) => turn);
  await inTurn(turns, async () => {
    await life.point('indexer starts');
    const indexer = await startIndexer(parts, life, store, plan.storeFaults);
    await life.point('indexer runs');
    await indexer.close();
  });
}
