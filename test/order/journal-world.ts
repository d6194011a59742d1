// The journal and its housekeeping: readings come in, are read, sent, packed and evicted, all at once.
import { decodeBlock } from '@wellhead/protocol';
import fc from 'fast-check';
import type { Journal } from '../../edge/src/journal/journal.ts';
import { Account, readable } from './account.ts';
import { Disk } from './disk.ts';
import {
  before,
  type KeeperStep,
  type LifePlan,
  lifePlan,
  type ReaderStep,
  type SenderStep,
  whenFull,
} from './edge-plan.ts';
import {
  checkHeld,
  type EdgeStation,
  type EdgeStationOptions,
  giveReading,
  openEdgeStation,
  sensors,
} from './edge-station.ts';
import { runLives } from './run-lives.ts';
import { isDiskFault } from './scheduled-db.ts';
import type { World } from './world.ts';

export interface JournalPlan {
  readonly whenFull: 'refuse' | 'drop-oldest';
  readonly before: number;
  readonly lives: readonly LifePlan[];
}

export function journalWorld(change: EdgeStationOptions['change'] = () => undefined): World<JournalPlan> {
  return {
    name: 'journal',
    plan: fc.record({
      whenFull,
      before,
      lives: fc.array(lifePlan, { minLength: 1, maxLength: 3 }),
    }),
    async run({ whenFull, before, lives }, scheduler) {
      const account = new Account();
      const disk = new Disk();
      const common = { disk, account, whenFull, change };
      return runLives({
        scheduler,
        disk,
        lives,
        before: (life) => fill({ ...common, life, faults: [] }, before),
        live: async (life, plan) => {
          const station = await openEdgeStation({ ...common, life, faults: plan.faults });
          await live(station, account, plan);
          await station.close();
        },
        onEnd: (died) => {
          if (died) account.releasePromises();
        },
        last: async (life) => {
          const station = await openEdgeStation({ ...common, life, faults: [] });
          await checkHeld(station.journal, account);
          await sendAll(station.journal, account);
          checkSettled(station.journal, account, whenFull);
        },
      });
    },
  };
}

export async function fill(options: EdgeStationOptions, count: number): Promise<void> {
  const { journal, close } = await openEdgeStation(options);
  for (const sensor of sensors)
    for (let i = 0; i < count; i++)
      await giveReading(journal, options.account, sensor, options.account.newId());
  await close();
}

async function live(station: EdgeStation, account: Account, plan: LifePlan): Promise<void> {
  const { journal } = station;
  await Promise.all([
    inTurn(plan.give, ({ sensor, count }) =>
      Promise.all(
        Array.from({ length: count }, () => giveReading(journal, account, sensor, account.newId())),
      ),
    ),
    inTurn(plan.read, (step) => readSome(journal, account, step)),
    inTurn(plan.send, (step) => sendSome(journal, account, step)),
    inTurn(plan.keep, (step) => keepSome(station, account, step)),
  ]);
}

/** One after the other; a disk that fails ends one step, not the world. */
export async function inTurn<Step>(
  steps: readonly Step[],
  act: (step: Step) => Promise<unknown>,
): Promise<void> {
  for (const step of steps) {
    try {
      await act(step);
    } catch (error) {
      if (!isDiskFault(error)) throw error;
    }
  }
}

async function readSome(journal: Journal, account: Account, step: ReaderStep): Promise<void> {
  const { sensor } = step;
  const known = journal.sensor(sensor)?.last ?? 0;
  if (step.do === 'tail') {
    const seqs = (await journal.tail(sensor, step.count)).map(({ seq }) => seq);
    checkNoHole(sensor, account, seqs);
    const isShort = known > 0 && (seqs.at(-1) ?? 0) < known && !account.isDamaged(sensor, known);
    // An eviction that was reported as failed may have happened: that is known once the disk was asked again.
    if (isShort) await journal.db.ready?.();
    if (isShort && journal.sensor(sensor)!.evicted < known)
      throw new Error(`the tail of ${sensor} ends at ${seqs.at(-1)}, not at ${known}`);
    return;
  }
  if (known === 0) return;
  const from = 1 + (step.from % known);
  const { blocks } = await journal.read(sensor, from, Math.min(known, from + step.count), step.bytes);
  const seqs = [...readable(blocks).keys()];
  checkNoHole(sensor, account, seqs);
  if (seqs.includes(from)) return;
  // An eviction that the disk reported as failed may have happened: known when the database was opened again.
  await journal.db.ready?.();
  if (from > journal.sensor(sensor)!.evicted && !account.isDamaged(sensor, from))
    throw new Error(`${sensor} ${from} is held, and a read of it does not give it`);
}

function checkNoHole(sensor: string, account: Account, seqs: readonly number[]): void {
  for (const [i, seq] of seqs.entries()) {
    if (i === 0) continue;
    for (let between = seqs[i - 1]! + 1; between < seq; between++)
      if (!account.isDamaged(sensor, between)) throw new Error(`${sensor} ${between} is left out by a read`);
    if (seq <= seqs[i - 1]!) throw new Error(`${sensor} ${seq} comes twice in a read`);
  }
}

async function sendSome(journal: Journal, account: Account, step: SenderStep): Promise<void> {
  const { sensor } = step;
  const record = journal.sensor(sensor);
  if (record === undefined) return;
  if (step.do === 'send') {
    const [gap] = record.delivered.missing(1, record.last, 1);
    if (gap !== undefined) await sendRange(journal, account, sensor, gap, step.bytes);
    return;
  }
  await askAgain(journal, account, sensor, step.from, step.from + step.count);
}

async function sendRange(
  journal: Journal,
  account: Account,
  sensor: string,
  [from, to]: readonly [number, number],
  bytes: number,
): Promise<void> {
  const { blocks } = await journal.read(sensor, from, to, bytes);
  for (const { bytes } of blocks) {
    if (readable([{ bytes }]).size === 0) continue;
    const [, first, end] = account.store(bytes);
    await journal.deliver(sensor, [[first, end]]);
  }
}

/** The cloud lost some, and says so. */
async function askAgain(
  journal: Journal,
  account: Account,
  sensor: string,
  from: number,
  to: number,
): Promise<void> {
  const record = journal.sensor(sensor)!;
  const end = Math.min(to, record.last);
  account.forget(sensor, [from, end]);
  account.promise(sensor, Math.max(from, record.evicted + 1), end);
  await journal.undeliver(sensor, [[from, end]]);
}

export async function keepSome(station: EdgeStation, account: Account, step: KeeperStep): Promise<void> {
  if (step.do === 'keep house') return station.keepHouse(step.fullness);
  const { raw } = station;
  await raw.damage(`b!${step.sensor}!`, step.block, (bytes) => account.damage(decodeBlock(bytes)));
}

async function sendAll(journal: Journal, account: Account): Promise<void> {
  for (const sensor of sensors) {
    const record = journal.sensor(sensor);
    if (record === undefined) continue;
    const lacking = [...account.acknowledged.of(sensor).keys()].filter(
      (seq) => !account.isStored(sensor, seq),
    );
    await journal.undeliver(
      sensor,
      lacking.map((seq) => [seq, seq]),
    );
    for (const range of record.delivered.missing(1, record.last))
      await sendRange(journal, account, sensor, range, Number.MAX_SAFE_INTEGER);
  }
}

/** Every acknowledged reading is in the cloud, or it is known why not. */
export function checkSettled(journal: Journal, account: Account, whenFull: 'refuse' | 'drop-oldest'): void {
  for (const { sensor, lost } of journal.sensors()) {
    account.checkNothingDoubled(sensor);
    for (const [from, to, reason] of lost) {
      for (let seq = from; seq <= to; seq++) {
        if (account.isDamaged(sensor, seq) || !account.acknowledged.of(sensor).has(seq)) continue;
        if (reason === 'journal-full' && whenFull === 'drop-oldest') continue;
        throw new Error(`${sensor} ${seq} is in the ledger as lost (${reason}) without cause`);
      }
    }
    for (const seq of account.acknowledged.of(sensor).keys()) {
      if (account.isStored(sensor, seq) || account.isDamaged(sensor, seq) || account.isExcused(sensor, seq))
        continue;
      if (!lost.some(([from, to]) => seq >= from && seq <= to))
        throw new Error(`${sensor} ${seq} is lost, and nobody knows`);
    }
  }
}
