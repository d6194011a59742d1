// All worlds, by name.
import { deadLetterWorld } from './dead-letter-world.ts';
import { indexerWorld } from './indexer-world.ts';
import { journalWorld } from './journal-world.ts';
import { logWorld } from './log-world.ts';
import { type Tried, type TryOptions, tryOrders } from './try-orders.ts';
import { uplinkWorld } from './uplink-world.ts';

export const worlds: Readonly<Record<string, (options: TryOptions) => Promise<Tried>>> = {
  journal: (options) => tryOrders(journalWorld(), options),
  uplink: (options) => tryOrders(uplinkWorld(), options),
  log: (options) => tryOrders(logWorld(), options),
  indexer: (options) => tryOrders(indexerWorld(), options),
  'dead letters': (options) => tryOrders(deadLetterWorld(), options),
};
