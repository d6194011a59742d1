// Parts that share a database keep their promises in whatever order their steps come.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { indexerWorld } from './indexer-world.ts';
import { openDuckdb } from './store-under-test.ts';
import { describeFailure, type Tried, tryOrders } from './try-orders.ts';
import { worlds } from './worlds.ts';

const seed = 20261130;
const timeout = 120_000;

let duckdb: Awaited<ReturnType<typeof openDuckdb>>;
beforeAll(async () => {
  duckdb = await openDuckdb();
});
afterAll(() => duckdb.close());

function expectKept({ orders, failure }: Tried, wanted: number): void {
  if (failure !== undefined) throw new Error(describeFailure(failure));
  expect(orders).toBe(wanted);
}

const wanted: Readonly<Record<keyof typeof worlds, number>> = {
  journal: 450,
  uplink: 400,
  log: 600,
  indexer: 300,
  'dead letters': 400,
};

it.each(Object.entries(worlds))(
  'world %s: nothing is lost, doubled or declared lost without cause',
  async (name, tryWorld) => {
    expectKept(await tryWorld({ orders: wanted[name]!, seed }), wanted[name]!);
  },
  timeout,
);

it(
  'world indexer, with DuckDB as its store',
  async () => {
    expectKept(await tryOrders(indexerWorld(duckdb.openStore), { orders: 40, seed }), 40);
  },
  timeout,
);
