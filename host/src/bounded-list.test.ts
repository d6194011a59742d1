import { MemoryLevel } from 'memory-level';
import { beforeEach, expect, it } from 'vitest';
import { type BoundedList, openBoundedList } from './bounded-list.ts';
import type { KeyValueDb } from './key-value.ts';

let db: KeyValueDb;
let dropped: number;
beforeEach(() => {
  db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  dropped = 0;
});

const open = (limit = 5): Promise<BoundedList> =>
  openBoundedList({ db, prefix: 'l!', limit, onDropped: (count) => (dropped += count) });

async function filled(count: number, limit?: number): Promise<BoundedList> {
  const list = await open(limit);
  for (let i = 1; i <= count; i++) await list.add({ i });
  return list;
}

async function newest(list: BoundedList, before?: number): Promise<number[]> {
  const found: number[] = [];
  for await (const { number } of list.newest(before)) found.push(number);
  return found;
}

it('entries come newest first, and before a place', async () => {
  const list = await filled(4);
  expect(await newest(list)).toEqual([4, 3, 2, 1]);
  expect(await newest(list, 3)).toEqual([2, 1]);
  expect(await newest(list, 1e15)).toEqual([4, 3, 2, 1]);
  expect(await list.get(2)).toEqual({ i: 2 });
});

it('an entry is removed once, and the others stay', async () => {
  const list = await filled(4);
  expect(await Promise.all([list.remove(2), list.remove(2), list.remove(9), list.remove(0)])).toEqual([
    ...[true, false, false, false],
  ]);
  expect(await newest(list)).toEqual([4, 3, 1]);
  expect(list.count).toBe(3);
  expect(await list.get(2)).toBe(undefined);
  for (const number of [1, 3, 4]) await list.remove(number);
  expect(list.count).toBe(0);
  await list.add({});
  expect(list.count).toBe(1);
});

it('an entry that was removed is not counted as dropped, also after a restart', async () => {
  await (await filled(5)).remove(2);
  const list = await open();
  expect(list.count).toBe(4);
  for (let i = 0; i < 3; i++) await list.add({});
  expect(await newest(list)).toEqual([8, 7, 6, 5, 4]);
  expect(list.count).toBe(5);
  expect(dropped).toBe(2);
});

it('a long list is opened in parts, whole', async () => {
  await filled(2_500, 3_000);
  expect((await open(3_000)).count).toBe(2_500);
});
