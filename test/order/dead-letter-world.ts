// Dead letters beside the log: kept, listed, sent again, dropped at their bound.
import fc, { type Arbitrary } from 'fast-check';
import { type DeadLetters, openDeadLetters } from '../../cloud/src/dead-letter/dead-letters.ts';
import { type LevelLog, openLevelLog } from '../../cloud/src/log/level/level-log.ts';
import { openDeadLetters as openEdgeDeadLetters } from '../../edge/src/journal/dead-letters.ts';
import { ReopeningDb } from '../../host/src/disk/reopening-db.ts';
import { Disk } from './disk.ts';
import { inTurn } from './journal-world.ts';
import type { Life } from './life.ts';
import { type Ending, ending, runLives } from './run-lives.ts';
import { type Fault, faults, isDiskFault, ScheduledDb } from './scheduled-db.ts';
import type { World } from './world.ts';

type ReaderStep = { readonly do: 'list' | 'send again'; readonly choice: number };

interface LetterLife {
  readonly keep: readonly number[];
  readonly read: readonly [readonly ReaderStep[], readonly ReaderStep[]];
  readonly faults: readonly Fault[];
  readonly ending: Ending;
}

export interface LetterPlan {
  readonly side: 'edge' | 'cloud';
  readonly lives: readonly LetterLife[];
}

const readerSteps: Arbitrary<ReaderStep[]> = fc.array(
  fc.record({ do: fc.constantFrom('list' as const, 'send again' as const), choice: fc.nat(6) }),
  { maxLength: 5 },
);

const letterLife: Arbitrary<LetterLife> = fc.record({
  keep: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 }),
  read: fc.tuple(readerSteps, readerSteps),
  faults,
  ending,
});

const limit = 6;
const prefix = 'x!';

/** What was kept, what was taken when it was sent again, and how many were dropped. */
class LetterAccount {
  readonly kept: number[] = [];
  readonly taken = new Set<number>();
  /** Those that were said to be gone from the disk. */
  readonly removed = new Set<number>();
  dropped = 0;
  #ids = 0;

  newId(): number {
    return ++this.#ids;
  }

  /** Every letter that was kept is there, unless it was sent again or had to make room. */
  check(there: readonly number[]): void {
    const gone = this.kept.filter((id) => !there.includes(id) && !this.taken.has(id));
    // A letter that nobody was told is kept may be, and may have taken the room of another.
    const untold = this.#ids - this.kept.length;
    if (gone.length > this.dropped + untold)
      throw new Error(`letters ${gone.join(', ')} are gone, ${this.dropped} were dropped`);
    const back = there.find((id) => this.removed.has(id));
    if (back !== undefined) throw new Error(`letter ${back} was removed and is there`);
    const twice = there.find((id, i) => there.indexOf(id) !== i);
    if (twice !== undefined) throw new Error(`letter ${twice} is there twice`);
  }
}

export function deadLetterWorld(): World<LetterPlan> {
  return {
    name: 'dead letters',
    plan: fc.record({
      side: fc.constantFrom('cloud' as const, 'cloud' as const, 'edge' as const),
      lives: fc.array(letterLife, { minLength: 1, maxLength: 3 }),
    }),
    async run({ side, lives }, scheduler) {
      const disk = new Disk();
      const account = new LetterAccount();
      return runLives({
        scheduler,
        disk,
        lives,
        live: async (life, plan) => {
          const db = new ReopeningDb(new ScheduledDb({ disk, point: life.point, faults: plan.faults }));
          if (side === 'edge') await liveAtEdge(db, account, plan);
          else await liveInCloud(db, life, account, plan);
        },
        last: async (life) => {
          const db = new ReopeningDb(new ScheduledDb({ disk, point: life.point, faults: [] }));
          await db.open();
          const stored = [...disk.contents].filter(([key]) => key.startsWith(prefix)).length;
          if (side === 'cloud') {
            const letters = await open(db, account);
            const there = await list(letters);
            account.check(there);
            if (letters.count !== there.length)
              throw new Error(`${letters.count} are counted, ${there.length} there`);
          } else {
            const { count } = await openEdgeDeadLetters({ db, limit, onDropped: () => undefined });
            if (count !== stored) throw new Error(`${count} are counted, ${stored} there`);
          }
          await db.close();
        },
      });
    },
  };
}

function open(db: ReopeningDb, account: LetterAccount): Promise<DeadLetters> {
  return openDeadLetters({
    db,
    limit,
    now: () => 0,
    count: (name, amount) => {
      if (name === 'dead_letters_dropped_total') account.dropped += amount;
    },
  });
}

async function list(letters: DeadLetters): Promise<number[]> {
  const ids: number[] = [];
  let before = Number.POSITIVE_INFINITY;
  for await (const { number, payload } of letters.newest()) {
    if (number >= before) throw new Error(`letter ${number} comes after ${before}`);
    before = number;
    ids.push(Number(Buffer.from(payload).toString()));
  }
  return ids;
}

async function liveAtEdge(db: ReopeningDb, account: LetterAccount, plan: LetterLife): Promise<void> {
  await db.open();
  const letters = await openEdgeDeadLetters({
    db,
    limit,
    onDropped: (count) => {
      account.dropped += count;
    },
  });
  await inTurn(plan.keep, (count) =>
    Promise.all(
      Array.from({ length: count }, () =>
        letters.keep({ source: 's', reason: 'bad-value', detail: '', payload: Buffer.from('x') }, 0),
      ),
    ),
  );
  if (letters.count > limit) throw new Error(`${letters.count} letters are more than ${limit}`);
  await db.close();
}

async function liveInCloud(
  db: ReopeningDb,
  life: Life,
  account: LetterAccount,
  plan: LetterLife,
): Promise<void> {
  const log = await openLevelLog({ db, now: () => 0, defer: life.defer });
  const letters = await open(db, account);
  const [one, other] = plan.read;
  await Promise.all([
    inTurn(plan.keep, (count) => Promise.all(Array.from({ length: count }, () => keep(letters, account)))),
    inTurn(one, (step) => read(letters, log, account, step)),
    inTurn(other, (step) => read(letters, log, account, step)),
  ]);
  if (letters.count > limit) throw new Error(`${letters.count} letters are more than ${limit}`);
  await log.close();
}

async function keep(letters: DeadLetters, account: LetterAccount): Promise<void> {
  const id = account.newId();
  try {
    await letters.keep({ topic: 't', reason: 'bad-batch', detail: '', payload: Buffer.from(String(id)) });
    account.kept.push(id);
  } catch (error) {
    if (!isDiskFault(error)) throw error;
  }
}

/** As the API does it: taken into the log, then removed from the list. */
async function read(
  letters: DeadLetters,
  log: LevelLog,
  account: LetterAccount,
  step: ReaderStep,
): Promise<void> {
  const numbers: number[] = [];
  for await (const { number } of letters.newest()) numbers.push(number);
  if (step.do === 'list' || numbers.length === 0) return;
  const letter = await letters.get(numbers[step.choice % numbers.length]!);
  if (letter === undefined) return;
  await log.append(letter.payload);
  const id = Number(Buffer.from(letter.payload).toString());
  account.taken.add(id);
  if (await letters.remove(letter.number)) account.removed.add(id);
}
