// The cloud's log: appends, consumers that come, go, start again from an older place and are given up, and trimming.
import fc, { type Arbitrary } from 'fast-check';
import { type LevelLog, openLevelLog } from '../../cloud/src/log/level/level-log.ts';
import type { Consumption, LogEntry } from '../../cloud/src/log/reading-log.ts';
import { ReopeningDb } from '../../host/src/disk/reopening-db.ts';
import { Disk } from './disk.ts';
import { inTurn } from './journal-world.ts';
import type { Life, Timers } from './life.ts';
import { type Ending, ending, runLives } from './run-lives.ts';
import { type Fault, faults, isDiskFault, ScheduledDb } from './scheduled-db.ts';
import type { World } from './world.ts';

const names = ['indexer', 'analysis'] as const;
type Name = (typeof names)[number];

type ConsumerStep = {
  readonly do: 'start' | 'start from' | 'stop' | 'forget';
  readonly from: number;
  /** How often its handler fails first. */
  readonly failures: number;
};

export interface LogLife {
  readonly append: readonly number[];
  readonly consume: readonly [readonly ConsumerStep[], readonly ConsumerStep[]];
  readonly trim: readonly number[];
  readonly faults: readonly Fault[];
  readonly ending: Ending;
}

export interface LogPlan {
  readonly lives: readonly LogLife[];
}

const consumerSteps: Arbitrary<ConsumerStep[]> = fc.array(
  fc.record({
    do: fc.constantFrom('start' as const, 'start from' as const, 'stop' as const, 'forget' as const),
    from: fc.nat(12),
    failures: fc.constantFrom(0, 0, 0, 1),
  }),
  { maxLength: 5 },
);

const life: Arbitrary<LogLife> = fc.record({
  append: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 }),
  consume: fc.tuple(consumerSteps, consumerSteps),
  trim: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
  faults,
  ending,
});

/** What each consumer must get, and what came into the log. */
class LogAccount {
  readonly #disk: Disk;
  readonly #attempts = new Map<number, number>();
  readonly #wanted = new Map<Name, Set<number>>();
  #ids = 0;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  newId(): number {
    return ++this.#ids;
  }

  attempt(id: number): void {
    this.#attempts.set(id, (this.#attempts.get(id) ?? 0) + 1);
  }

  acknowledge(id: number): void {
    for (const ids of this.#wanted.values()) ids.add(id);
  }

  /** A consumer runs from this offset on: what is in the log from there is its to get, but for what it has got. */
  began(name: Name, position: number, got: ReadonlySet<number>): void {
    const ids = this.#wanted.get(name) ?? new Set();
    this.#wanted.set(name, ids);
    for (const [key, value] of this.#disk.contents) {
      if (!key.startsWith('o!') || Number(key.slice(2)) < position) continue;
      const id = idOf(value.subarray(8));
      if (!got.has(id)) ids.add(id);
    }
  }

  /** It asked to start behind these: even if the answer is a failure, it may have been done. */
  skips(name: Name, from: number): void {
    for (const [key, value] of this.#disk.contents)
      if (key.startsWith('o!') && Number(key.slice(2)) < from) this.got(name, idOf(value.subarray(8)));
  }

  got(name: Name, id: number): void {
    this.#wanted.get(name)?.delete(id);
  }

  gaveUp(name: Name): void {
    this.#wanted.delete(name);
  }

  check(): void {
    for (const [name, ids] of this.#wanted)
      if (ids.size > 0) throw new Error(`${name} never got ${[...ids].join(', ')}`);
    const counts = new Map<number, number>();
    for (const [key, value] of this.#disk.contents) {
      if (!key.startsWith('o!')) continue;
      const id = idOf(value.subarray(8));
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      if (count > (this.#attempts.get(id) ?? 0)) throw new Error(`batch ${id} is in the log ${count} times`);
    }
  }
}

function idOf(batch: Uint8Array): number {
  return Number(Buffer.from(batch).toString());
}

export function logWorld(): World<LogPlan> {
  return {
    name: 'log',
    plan: fc.record({ lives: fc.array(life, { minLength: 1, maxLength: 3 }) }),
    async run({ lives }, scheduler) {
      const disk = new Disk();
      const account = new LogAccount(disk);
      return runLives({
        scheduler,
        disk,
        lives,
        live: async (life, plan) => {
          const log = await openLog(life, disk, plan.faults);
          await live(log, life, account, plan);
          await log.close();
        },
        last: async (life) => {
          const log = await openLog(life, disk, []);
          for (const name of names) await (await startConsumer(log, account, name, {})).caughtUp();
          account.check();
          await log.close();
        },
      });
    },
  };
}

export function openLog(life: Life, disk: Disk, faults: readonly Fault[]): Promise<LevelLog> {
  const db = new ReopeningDb(new ScheduledDb({ disk, point: life.point, faults }));
  return openLevelLog({ db, now: () => 0, defer: life.defer, wait: waitWith(life.timers) });
}

export function waitWith(timers: Timers) {
  return (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = timers.after(ms, end);
      signal.addEventListener('abort', end);
    });
}

async function live(log: LevelLog, life: Life, account: LogAccount, plan: LogLife): Promise<void> {
  const [indexer, analysis] = plan.consume;
  await Promise.all([
    inTurn(plan.append, (count) =>
      Promise.all(Array.from({ length: count }, () => giveBatch(log, account, account.newId()))),
    ),
    consumeInTurn(log, life, account, 'indexer', indexer),
    consumeInTurn(log, life, account, 'analysis', analysis),
    inTurn(plan.trim, async (entries) => {
      await life.point('trim');
      await log.removeOldest(entries, Number.POSITIVE_INFINITY);
      await log.compact();
    }),
  ]);
}

async function giveBatch(log: LevelLog, account: LogAccount, id: number): Promise<void> {
  const attempts = 5;
  for (let attempt = 0; attempt < attempts; attempt++) {
    account.attempt(id);
    try {
      await log.append(Buffer.from(String(id)));
      account.acknowledge(id);
      return;
    } catch (error) {
      if (!isDiskFault(error)) throw error;
    }
  }
}

async function consumeInTurn(
  log: LevelLog,
  life: Life,
  account: LogAccount,
  name: Name,
  steps: readonly ConsumerStep[],
): Promise<void> {
  let running: Consumption | undefined;
  await inTurn(steps, async (step) => {
    await life.point(`${name}: ${step.do}`);
    if (step.do === 'stop' || step.do === 'forget') {
      await running?.close();
      running = undefined;
    }
    if (step.do === 'forget') {
      account.gaveUp(name);
      await log.forget(name);
    }
    if (running === undefined && step.do.startsWith('start')) {
      const from = step.do === 'start from' ? { from: step.from } : {};
      running = await startConsumer(log, account, name, { ...from, failures: step.failures });
    }
  });
}

async function startConsumer(
  log: LevelLog,
  account: LogAccount,
  name: Name,
  { from, failures = 0 }: { readonly from?: number; readonly failures?: number },
): Promise<Consumption> {
  const got = new Set<number>();
  let left = failures;
  let reached = 0;
  const handle = async (entries: readonly LogEntry[]) => {
    for (const { offset } of entries) {
      if (offset <= reached) throw new Error(`${name} got ${offset} after ${reached}`);
    }
    if (left-- > 0) throw new Error('the disk failed');
    reached = entries.at(-1)!.offset;
    for (const { batch } of entries) {
      got.add(idOf(batch));
      account.got(name, idOf(batch));
    }
  };
  if (from !== undefined) account.skips(name, from);
  const problems: unknown[] = [];
  const consumption = await log.consume(name, handle, {
    maxBytes: 20,
    lingerMs: 10,
    onError: (error) => problems.push(error),
    ...(from === undefined ? {} : { from }),
  });
  const faultless = problems.find((error) => !isDiskFault(error));
  if (faultless !== undefined) throw faultless;
  account.began(name, log.next - consumption.lag, got);
  return consumption;
}
