// The table of held ranges: appended to while it is short, written anew when it has grown long.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleBatch } from '../../reading-store.testing.ts';
import { type Database, openDatabase } from '../open/database.ts';
import { loadState } from '../open/load-state.ts';
import type { StoreState } from '../open/state.ts';
import { writeBatches } from './write-batches.ts';

let database: Database;
let state: StoreState;
beforeEach(async () => {
  const options = { memoryLimit: '256MB', threads: 1, checkpointAt: '64MB' };
  database = await openDatabase({ path: ':memory:', ...options });
  state = await loadState(database);
});
afterEach(() => {
  database.writer.closeSync();
  database.instance.closeSync();
});

async function held(): Promise<unknown> {
  const rows = await database.writer.runAndReadAll('SELECT count(*)::INTEGER FROM held');
  return { table: rows.getRows()[0]![0], known: state.heldRows, until: state.compactHeldAt };
}

/** So many readings, every second seq from `first` on: each a range of its own. */
const everySecond = (first: number, count: number) =>
  sampleBatch(
    {},
    Array.from({ length: count }, (_, i) => ({ seq: first + 2 * i })),
  );

it('joins the ranges at twenty thousand rows, and counts on from what is left', async () => {
  await writeBatches(database, state, [everySecond(1, 10_000)]);
  expect(await held()).toEqual({ table: 10_000, known: 10_000, until: 20_000 });
  await writeBatches(database, state, [everySecond(2, 9_999)]);
  expect(await held()).toEqual({ table: 19_999, known: 19_999, until: 20_000 });
  await writeBatches(database, state, [everySecond(20_000, 1)]);
  expect(await held()).toEqual({ table: 1, known: 1, until: 20_004 });
  await writeBatches(database, state, [everySecond(20_002, 5)]);
  expect(await held()).toEqual({ table: 6, known: 6, until: 20_004 });
});

it('keeps what of it cannot be joined, and waits longer the next time', async () => {
  await writeBatches(database, state, [everySecond(1, 20_000), sampleBatch({ sensor: 'new' }, [{ seq: 1 }])]);
  expect(await held()).toEqual({ table: 20_001, known: 20_001, until: 100_004 });
});
