import { beforeEach, describe, expect, it } from 'vitest';
import { type GroupCommit, groupCommit } from './group-commit.ts';

/** A commit under way, which the test settles. */
interface Commit {
  readonly group: readonly number[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

let commits: Commit[];
let deferred: (() => void)[];
let group: GroupCommit<number>;
beforeEach(() => open());

function open(maxGroup = 100, maxPending = 1_000): void {
  commits = [];
  deferred = [];
  group = groupCommit({
    commit: (items) =>
      new Promise<void>((resolve, reject) => {
        commits.push({ group: [...items], resolve, reject });
      }),
    maxGroup,
    maxPending,
    defer: (run) => deferred.push(run),
    full: () => new Error('full'),
  });
}

/** Runs what was deferred, then whatever follows from it at once. */
async function turn(): Promise<void> {
  for (const run of deferred.splice(0)) run();
  for (let i = 0; i < 10; i++) await undefined;
}

async function settle(index: number, error?: Error): Promise<void> {
  if (error === undefined) commits[index]!.resolve();
  else commits[index]!.reject(error);
  for (let i = 0; i < 10; i++) await undefined;
}

describe('group commit', () => {
  it('gathers what comes in the same moment, in its order', async () => {
    const all = Promise.all([group.add(1), group.add(2), group.add(3)]);
    expect(commits).toEqual([]);
    await turn();
    expect(commits.map((commit) => commit.group)).toEqual([[1, 2, 3]]);
    await settle(0);
    await all;
  });

  it('resolves an item only when its group is committed', async () => {
    let done = false;
    void group.add(1).then(() => {
      done = true;
    });
    await turn();
    expect(done).toBe(false);
    await settle(0);
    expect(done).toBe(true);
  });

  it('gathers while a commit is under way, and never has two at once', async () => {
    void group.add(1);
    await turn();
    void group.add(2);
    void group.add(3);
    await turn();
    expect(commits).toHaveLength(1);
    expect(group.pending).toBe(3);
    await settle(0);
    await turn();
    expect(commits.map((commit) => commit.group)).toEqual([[1], [2, 3]]);
  });

  it('commits no more at once than it may', async () => {
    open(2);
    for (let i = 1; i <= 5; i++) void group.add(i);
    for (let i = 0; i < 3; i++) {
      await turn();
      await settle(i);
    }
    expect(commits.map((commit) => commit.group)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('rejects every item of a group that failed, and those only', async () => {
    const first = Promise.allSettled([group.add(1), group.add(2)]);
    await turn();
    const second = group.add(3);
    await settle(0, new Error('no space'));
    await turn();
    await settle(1);
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(second).resolves.toBeUndefined();
  });

  it('survives a commit that throws before it gives a promise', async () => {
    const throwing = groupCommit<number>({
      commit: () => {
        throw new TypeError('cannot encode');
      },
      maxGroup: 1,
      maxPending: 10,
      defer: queueMicrotask,
      full: () => new Error('full'),
    });
    const results = await Promise.allSettled([throwing.add(1), throwing.add(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(throwing.pending).toBe(0);
  });

  it('refuses more than may wait, and takes again when there is room', async () => {
    open(100, 2);
    const waiting = [group.add(1), group.add(2)];
    await expect(group.add(3)).rejects.toThrow('full');
    await turn();
    waiting.push(group.add(4));
    await settle(0);
    await turn();
    await settle(1);
    await Promise.all(waiting);
    expect(commits.map((commit) => commit.group)).toEqual([[1, 2], [4]]);
  });

  it('is idle when nothing waits and nothing is under way', async () => {
    await group.idle();
    const added = group.add(1).catch(() => undefined);
    let idle = 0;
    void group.idle().then(() => idle++);
    void group.idle().then(() => idle++);
    await turn();
    expect(idle).toBe(0);
    await settle(0, new Error('no space'));
    expect(idle).toBe(2);
    expect(group.pending).toBe(0);
    await added;
  });
});
