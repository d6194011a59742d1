import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareSensor } from './compare.ts';
import { compareCounts } from './compare-counts.ts';
import { isoAt, openPlantedApi, type Planted, planted, timeAt } from './planted-api.testing.ts';

let held: Planted = {};
let api: Awaited<ReturnType<typeof openPlantedApi>>;
beforeAll(async () => {
  api = await openPlantedApi(() => held);
});
afterAll(() => api.close());

/** Four hours of water levels, all acknowledged. */
const published = new Map(
  [1, 2, 3, 4].map((at) => [timeAt(at), { measuredAt: timeAt(at), values: { water_level: at / 10 } }]),
);
const compare = () => compareSensor(api.url, 'b1', published, new Set(published.keys()));
const whole = [1, 2, 3, 4].map((at) => planted(at, at, at / 10));
const kept = {
  acknowledged: 4,
  held: 4,
  lost: 0,
  doubled: 0,
  changed: 0,
  invented: 0,
  exportDiffers: 0,
  examples: [],
};

it('finds nothing where everything is held as it was published', async () => {
  held = { readings: whole };
  expect(await compare()).toEqual(kept);
});

it('finds a reading that was acknowledged and is not held', async () => {
  held = { readings: whole.filter(({ seq }) => seq !== 3) };
  const examples = [`b1: ${isoAt(3)} was acknowledged and is not there`];
  expect(await compare()).toEqual({ ...kept, held: 3, lost: 1, examples });
});

it('finds a reading that is held under two keys', async () => {
  held = { readings: [...whole, planted(5, 4, 0.4)] };
  const examples = [`b1: ${isoAt(4)} (o1/5) is there twice`];
  expect(await compare()).toEqual({ ...kept, held: 5, doubled: 1, examples });
});

it('finds a key that two readings have', async () => {
  held = { readings: whole.map((reading) => (reading.seq === 4 ? { ...reading, seq: 3 } : reading)) };
  const examples = [`b1: ${isoAt(4)} (o1/3) is there twice`];
  expect(await compare()).toEqual({ ...kept, doubled: 1, examples });
});

it('finds a value that is not the one that was published', async () => {
  held = { readings: whole.map((reading) => (reading.seq === 2 ? planted(2, 2, 0.25) : reading)) };
  const examples = [`b1: ${isoAt(2)}: {"water_level":0.2} became {"water_level":0.25}`];
  expect(await compare()).toEqual({ ...kept, changed: 1, examples });
});

it('finds a reading that nobody published', async () => {
  held = { readings: [...whole, planted(5, 5, 0.5)] };
  const examples = [`b1: ${isoAt(5)} was never published`];
  expect(await compare()).toEqual({ ...kept, held: 5, invented: 1, examples });
});

it('finds a row of the export that says something else than the reading', async () => {
  const rows = [1, 2, 3, 4].map((at) => `${isoAt(at)},o1,${at},${at === 2 ? 0.3 : at / 10}`);
  held = { readings: whole, rows };
  expect(await compare()).toEqual({ ...kept, exportDiffers: 1 });
});

it('counts every row that the export lacks', async () => {
  held = { readings: whole, rows: [] };
  expect(await compare()).toEqual({ ...kept, exportDiffers: 4 });
});

const counted = (...answers: number[]) => answers.map((answer, i) => planted(i + 1, i + 1, answer));
const compareAnswers = (acknowledged: readonly number[]) =>
  compareCounts(api.url, 'p1', { given: 4, acknowledged: new Set(acknowledged) });

it('of an instrument that counts: nothing where no acknowledged answer is missing', async () => {
  held = { readings: counted(1, 2, 4) };
  expect(await compareAnswers([1, 2, 4])).toEqual({ ...kept, acknowledged: 3, held: 3 });
});

it('of an instrument that counts: an acknowledged answer that is not held', async () => {
  held = { readings: counted(1, 2, 4) };
  const examples = ['p1: answer 3 was acknowledged and is not there'];
  expect(await compareAnswers([1, 2, 3, 4])).toEqual({ ...kept, held: 3, lost: 1, examples });
});

it('of an instrument that counts: an answer twice, one out of turn and one never given', async () => {
  held = { readings: counted(1, 3, 3, 2, 9) };
  const examples = [
    'p1: o1/3: answer 3 is there twice',
    'p1: o1/4: answer 2 stands behind 3',
    'p1: o1/5: {"water_level":9} was never said',
  ];
  const found = { ...kept, acknowledged: 0, held: 5, doubled: 1, changed: 1, invented: 1 };
  expect(await compareAnswers([])).toEqual({ ...found, examples });
});

it('of an instrument that counts: a key that was given and is not held', async () => {
  held = { readings: counted(1, 2, 3).filter(({ seq }) => seq !== 2) };
  const examples = ['p1: between o1/1 and o1/3 something was journaled and is not there'];
  expect(await compareAnswers([1, 3])).toEqual({ ...kept, acknowledged: 2, held: 2, lost: 1, examples });
});
