// Tries one world after the other, a portion of orders each, until the time is over.
import { indexerWorld } from './indexer-world.ts';
import { openDuckdb } from './store-under-test.ts';
import { type Tried, tryOrders } from './try-orders.ts';
import { worlds } from './worlds.ts';

export interface Progress {
  readonly world: string;
  readonly tried: Tried;
}

const portion = 100;
/** Of this many portions of the indexer, one writes to DuckDB. */
const duckdbEvery = 10;

const [end = 0, seed = 0] = process.argv.slice(2).map(Number);
// Its parent has heard all, or is gone.
process.once('disconnect', () => process.exit(0));
const duckdb = await openDuckdb();
for (let round = 0; Date.now() < end; round++) {
  for (const [world, tryWorld] of Object.entries(worlds)) {
    if (Date.now() >= end) break;
    const options = { orders: portion, seed: seed * 1_000_003 + round };
    const tried =
      world === 'indexer' && round % duckdbEvery === 0
        ? await tryOrders(indexerWorld(duckdb.openStore), options)
        : await tryWorld(options);
    process.send!({ world, tried } satisfies Progress);
  }
}
await duckdb.close();
process.disconnect();
