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

it('a write that failed changes nothing: not the count, not what is dropped, not what is there', async () => {
  const list = await filled(5);
  const { batch } = db;
  db.batch = () => Promise.reject(new Error('no space left on device'));
  await expect(list.add({ i: 6 })).rejects.toThrow('no space');
  await expect(list.add({ i: 6 })).rejects.toThrow('no space');
  await expect(list.remove(3)).rejects.toThrow('no space');
  expect(list.count).toBe(5);
  expect(dropped).toBe(0);
  expect(await list.get(3)).toEqual({ i: 3 });
  expect(await newest(list)).toEqual([5, 4, 3, 2, 1]);
  db.batch = batch;
  await list.add({ i: 6 });
  expect(await list.remove(3)).toBe(true);
  expect(await newest(list)).toEqual([6, 5, 4, 2]);
  expect(list.count).toBe(4);
  expect(dropped).toBe(1);
  expect((await open()).count).toBe(4);
});

it('many entries added and removed at once leave what one after the other would', async () => {
  const list = await open(3);
  const changes = await Promise.all([
    ...[list.add({ i: 1 }), list.add({ i: 2 }), list.remove(1), list.remove(1)],
    ...[list.add({ i: 3 }), list.add({ i: 4 }), list.add({ i: 5 })],
  ]);
  expect(changes[2]).toBe(true);
  expect(changes[3]).toBe(false);
  expect(await newest(list)).toEqual([5, 4, 3]);
  expect(list.count).toBe(3);
  expect(dropped).toBe(1);
});

it('an entry that is out of the bound is neither read nor removed', async () => {
  const list = await filled(8);
  expect(await list.get(3)).toBe(undefined);
  expect(await list.get(9)).toBe(undefined);
  expect(await list.remove(3)).toBe(false);
  expect(await list.remove(9)).toBe(false);
  expect(list.count).toBe(5);
});

it('a list of which all was removed is empty again after a restart, and two lists do not meet', async () => {
  const list = await filled(2);
  const other = await openBoundedList({ db, prefix: 'm!', limit: 5, onDropped: () => undefined });
  await other.add({ other: true });
  for (const number of [2, 1]) await list.remove(number);
  const again = await open();
  expect(again.count).toBe(0);
  expect(await newest(again)).toEqual([]);
  await again.add({ i: 7 });
  expect(await newest(again)).toEqual([1]);
  expect(await newest(other)).toEqual([1]);
  expect(await other.get(1)).toEqual({ other: true });
});

it('a list whose middle is gone is opened with its holes, in every part', async () => {
  const list = await filled(1_100, 2_000);
  for (const number of [1, 2, 500, 1_050]) await list.remove(number);
  const again = await open(2_000);
  expect(again.count).toBe(1_096);
  expect(await Promise.all([2, 3, 500, 1_050, 1_100].map((number) => again.get(number)))).toEqual([
    ...[undefined, { i: 3 }, undefined, undefined, { i: 1_100 }],
  ]);
});
