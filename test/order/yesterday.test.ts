// The orders find a fault that was there once: put in again, it must be seen within so many orders.
import { expect, it } from 'vitest';
import { journalWorld } from './journal-world.ts';
import { tryOrders } from './try-orders.ts';
import { readInTwoLooks } from './yesterday.ts';

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
