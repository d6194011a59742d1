// The orders find the faults that were there once: each is put in again, and must be seen within so many orders.
import { expect, it } from 'vitest';
import { journalWorld } from './journal-world.ts';
import { tryOrders } from './try-orders.ts';
import { uplinkWorld } from './uplink-world.ts';
import { askNothingAfterFailure, readInTwoLooks } from './yesterday.ts';

const seed = 20261130;
const timeout = 120_000;

it(
  'a read that looks twice, at two moments',
  async () => {
    const world = journalWorld(readInTwoLooks);
    const { failure } = await tryOrders(world, { orders: 500, seed, asFound: true });
    expect(failure?.what).toMatch(/is held, and a read of it does not give it/);
  },
  timeout,
);

it(
  'a loss that is declared while a failed eviction may have happened',
  async () => {
    const world = uplinkWorld(askNothingAfterFailure);
    const { failure } = await tryOrders(world, { orders: 400, seed, asFound: true });
    expect(failure?.what).toMatch(/in the ledger as lost \(unreadable\) without cause/);
  },
  timeout,
);
