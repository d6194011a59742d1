// Hundreds of writes by chance, beside a plain list of what should be held: counts, newest readings, what comes back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allPages, type Sample, sampleBatch, start, storedForm } from '../reading-store.testing.ts';
import type { ReadingStore, StoredBatch, StoredReading, WriteResult } from '../reading-store.ts';
import { openDuckdbStore } from './duckdb-store.ts';

/** Numbers by chance, the same for the same seed. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const sensors = ['well-1', 'well-2'];

function batchByChance(chance: (below: number) => number, number: number): StoredBatch {
  const isTimed = chance(4) === 0;
  const origin = isTimed ? 'name:site-a/gateway-1' : ['origin-1', 'origin-2'][chance(2)]!;
  const from = 1 + chance(12);
  const samples: Sample[] = [];
  for (let seq = from; seq <= from + chance(8); seq++) {
    if (chance(6) === 0) continue;
    // Few moments, so that many readings share one; corrections move them, the first and the last too.
    const revision = chance(3) === 0 ? number : 0;
    const moved = revision === 0 ? 0 : chance(40) - 20;
    const measuredAt = start + (isTimed ? seq : Math.floor(seq / 2) + moved);
    samples.push({
      seq: isTimed ? measuredAt : seq,
      measuredAt,
      revision,
      values: { water_level: number, temperature: seq },
    });
  }
  const properties = chance(3) === 0 ? ['water_level'] : ['temperature', 'water_level'];
  return sampleBatch(
    {
      sensor: sensors[chance(2)]!,
      type: ['groundwater', 'weather'][number % 2]!,
      origin,
      properties,
      seqIsTime: isTimed,
      storedAt: start + 86_400_000 + number,
      gateway: `gateway-${chance(2)}`,
      lane: chance(2) === 0 ? 'live' : 'historical',
    },
    samples,
  );
}

/** What a store should hold: the highest revision of each key, of equals the first. */
class Model {
  readonly held = new Map<string, StoredReading>();

  write(batches: readonly StoredBatch[]): WriteResult {
    const result = { written: 0, repeated: 0, revised: 0 };
    for (const reading of batches.flatMap(storedForm)) {
      const key = `${reading.sensor} ${reading.origin} ${reading.seq}`;
      const known = this.held.get(key);
      if (known !== undefined && reading.revision <= known.revision) result.repeated++;
      else {
        result[known === undefined ? 'written' : 'revised']++;
        this.held.set(key, reading);
      }
    }
    return result;
  }

  /** In the order of measuredAt, origin, seq. */
  of(sensor: string): StoredReading[] {
    const order = (a: StoredReading, b: StoredReading) =>
      Date.parse(a.measuredAt) - Date.parse(b.measuredAt) ||
      (a.origin === b.origin ? a.seq - b.seq : a.origin < b.origin ? -1 : 1);
    return [...this.held.values()].filter((reading) => reading.sensor === sensor).sort(order);
  }
}

async function compare(store: ReadingStore, model: Model): Promise<void> {
  const summaries = await store.sensors();
  expect(await store.latest()).toEqual(sensors.flatMap((sensor) => model.of(sensor).slice(-1)));
  for (const sensor of sensors) {
    const expected = model.of(sensor);
    if (expected.length === 0) continue;
    expect((await allPages(store, { sensor, limit: 7 })).readings).toEqual(expected);
    expect(summaries.find((one) => one.sensor === sensor)).toMatchObject({
      readings: expected.length,
      firstMeasuredAt: Date.parse(expected[0]!.measuredAt),
      lastMeasuredAt: Date.parse(expected.at(-1)!.measuredAt),
    });
  }
}

it.each([1, 2, 3])('what is held and told is what a plain list would hold, seed %d', async (seed) => {
  const chance = chanceOf(seed);
  const folder = await mkdtemp(join(tmpdir(), 'wellhead-store-'));
  const path = join(folder, 'readings.duckdb');
  let store = await openDuckdbStore({ path });
  const model = new Model();
  for (let number = 1; number <= 24; number++) {
    const batches = Array.from({ length: 1 + chance(3) }, () => batchByChance(chance, number));
    expect(await store.write(batches)).toEqual(model.write(batches));
    await compare(store, model);
    if (number % 12 !== 0) continue;
    const before = await store.sensors();
    await store.close();
    store = await openDuckdbStore({ path });
    expect(await store.sensors()).toEqual(before);
    await compare(store, model);
  }
  await store.close();
  await rm(folder, { recursive: true });
});
