// What one write adds to what the store knows, before and after its commit, without a database.
import { beforeEach, describe, expect, it } from 'vitest';
import { type BatchHead, type Sample, sampleBatch, seqs, start } from '../../reading-store.testing.ts';
import type { StoredBatch } from '../../reading-store.ts';
import { emptyState, type StoreState, sensorKey, summaryOf } from '../open/state.ts';
import { type PlannedBlock, planWrite } from './plan-write.ts';
import { WriteBuffer } from './write-buffer.ts';

let state: StoreState;
beforeEach(() => {
  state = emptyState();
});

function plan(...batches: StoredBatch[]): { buffer: WriteBuffer; planned: PlannedBlock[] } {
  const buffer = new WriteBuffer(state);
  return { buffer, planned: [...planWrite(batches, buffer).values()].flat() };
}

function write(...batches: StoredBatch[]): WriteBuffer {
  const { buffer } = plan(...batches);
  buffer.announceTexts();
  buffer.apply();
  return buffer;
}

const at = (head: BatchHead, ...samples: Sample[]) => sampleBatch(head, samples);
const sensor = (name = 'well-1') => state.sensors.get(sensorKey('site-a', name))!;

describe('names', () => {
  it('get numbers in the order they are seen, and keep them', () => {
    const { buffer } = plan(
      at({ origin: 'o1', gateway: 'g1' }, { seq: 1 }),
      at({ origin: 'o2' }, { seq: 1 }),
    );
    expect([...buffer.texts]).toEqual([
      ['o1', 0],
      ['g1', 1],
      ['rules-1', 2],
      ['o2', 3],
      ['gateway-1', 4],
    ]);
    expect(state.texts.size).toBe(0);
    buffer.announceTexts();
    expect(state.textById).toEqual(['o1', 'g1', 'rules-1', 'o2', 'gateway-1']);
    expect(state.texts.size).toBe(0);
    buffer.apply();
    const next = new WriteBuffer(state);
    expect([next.textId('o2'), next.textId('new'), next.textId('newer'), next.textId('new')]).toEqual([
      ...[3, 5, 6, 5],
    ]);
    const preview = next.preview();
    expect(preview.textById).toEqual([...state.textById, 'new', 'newer']);
    expect(state.textById).toHaveLength(5);
  });

  it('of types get tables that grow by the properties they lack', () => {
    write(at({ type: 'weather', properties: ['rain'] }, { seq: 1 }));
    const buffer = new WriteBuffer(state);
    expect(buffer.typeFor('weather', ['rain'])).toBe(state.types.get('weather'));
    expect(buffer.types.size).toBe(0);
    const wider = buffer.typeFor('weather', ['sun', 'rain', 'wind']);
    expect(wider).toMatchObject({ id: 0, properties: ['rain', 'sun', 'wind'] });
    expect(buffer.typeFor('weather', ['sun'])).toBe(wider);
    expect(buffer.typeFor('stage', ['level'])).toMatchObject({ id: 1, properties: ['level'] });
    expect(buffer.typeFor('flow', ['level'])).toMatchObject({ id: 2 });
    expect(buffer.typeFor('stage', ['level'])).toBe(buffer.types.get('stage'));
    expect(buffer.preview().typeById.map(({ name }) => name)).toEqual(['weather', 'stage', 'flow']);
    expect(
      plan()
        .buffer.preview()
        .typeById.map(({ name }) => name),
    ).toEqual(['weather']);
    expect(state.types.size).toBe(1);
  });

  it('of sensors get numbers, each site its own', () => {
    const { buffer } = plan(at({}, { seq: 1 }), at({ site: 'site-b' }, { seq: 1 }), at({}, { seq: 2 }));
    expect([...buffer.sensors.values()].map(({ id, site, name }) => [id, site, name])).toEqual([
      [0, 'site-a', 'well-1'],
      [1, 'site-b', 'well-1'],
    ]);
    buffer.apply();
    const next = plan(at({ sensor: 'well-2' }, { seq: 1 })).buffer;
    expect([...next.sensors.values()].map(({ id }) => id)).toEqual([2]);
  });
});

describe('shapes', () => {
  const shapesOf = (buffer: WriteBuffer) => [...[...buffer.sensors.values()][0]!.shapes.keys()];

  it('are noted once, also over several writes', () => {
    const first = write(at({ properties: ['a', 'b'] }, { seq: 1 }));
    expect(shapesOf(first)).toEqual(['0/-1', '0/0', '0/1']);
    expect([...[...first.sensors.values()][0]!.shapes.values()]).toEqual([
      [0, -1],
      [0, 0],
      [0, 1],
    ]);
    const more = write(
      at({ properties: ['b', 'a'] }, { seq: 2 }),
      at({ properties: ['b', 'c'] }, { seq: 3 }),
      at({ properties: ['c', 'b'] }, { seq: 4 }),
    );
    expect(shapesOf(more)).toEqual(['0/2']);
    expect([...sensor().properties]).toEqual(['a', 'b', 'c']);
    expect([...sensor().types]).toEqual([0]);
    expect(shapesOf(write(at({ properties: ['b'], type: 'other' }, { seq: 5 })))).toEqual(['1/-1', '1/0']);
    expect([...sensor().types]).toEqual([0, 1]);
  });

  it('say where each property of a block stands in its table, whatever the order', () => {
    const { planned } = plan(
      at({ properties: ['a', 'b'] }, { seq: 1 }),
      at({ properties: ['b', 'a'] }, { seq: 2 }),
      at({ properties: ['b'] }, { seq: 3 }),
      at({ properties: ['b'] }, { seq: 4 }),
      at({ properties: ['b'], type: 'other' }, { seq: 5 }),
      at({ properties: ['a'], type: 'other' }, { seq: 6 }),
    );
    expect(planned.map(({ source }) => source.places)).toEqual([[0, 1], [1, 0], [1], [1], [0], [1]]);
    expect(planned.map(({ source }) => source.places === planned[2]!.source.places)).toEqual([
      ...[false, false, true, true, false, false],
    ]);
  });
});

describe('the plan', () => {
  it('names what is the same for all readings of a block', () => {
    const { planned } = plan(
      at({ lane: 'historical', storedAt: 77 }, { seq: 1 }),
      at({ origin: 'o2', sensor: 'well-2' }, { seq: 1 }),
    );
    expect(planned.map(({ source }) => source)).toEqual([
      { sensor: 0, origin: 0, gateway: 1, rules: 2, storedAt: 77, historical: 1, places: [0, 1] },
      {
        sensor: 1,
        origin: 3,
        gateway: 1,
        rules: 2,
        storedAt: start + 86_400_000,
        historical: 0,
        places: [0, 1],
      },
    ]);
  });

  it('gathers blocks by type, and passes over empty ones', () => {
    const buffer = new WriteBuffer(state);
    const found = planWrite(
      [sampleBatch({}, seqs(1, 2), [], seqs(3, 4)), at({ type: 'weather', sensor: 'roof' }, { seq: 1 })],
      buffer,
    );
    expect([...found].map(([type, blocks]) => [type, blocks.length])).toEqual([
      ['groundwater', 2],
      ['weather', 1],
    ]);
  });

  it('of a batch that no store can hold is refused whole', () => {
    expect(() => plan(at({}, { seq: 1, measuredAt: 1e300 }))).toThrow(TypeError);
  });

  it('of nothing new is empty', () => {
    expect(plan().buffer.isEmpty).toBe(true);
    expect(plan(at({}, { seq: 1 })).buffer.isEmpty).toBe(false);
    write(at({}, { seq: 1 }));
    expect(plan(at({}, { seq: 1 })).buffer.isEmpty).toBe(true);
    expect(plan(at({}, { seq: 2 })).buffer.isEmpty).toBe(false);
    expect(plan(at({ properties: ['water_level', 'ph'] }, { seq: 1 })).buffer.isEmpty).toBe(false);
    expect(plan(at({ properties: ['water_level'], type: 'weather' }, { seq: 1 })).buffer.isEmpty).toBe(false);
    expect(plan(at({ gateway: 'another' }, { seq: 1 })).buffer.isEmpty).toBe(false);
    const named = new WriteBuffer(state);
    named.sensorFor('site-a', 'well-2');
    expect(named.isEmpty).toBe(false);
  });
});

describe('counts', () => {
  it('are added up over writes, and repeats count nothing', () => {
    write(sampleBatch({ storedAt: 1_000 }, seqs(3, 5)));
    write(sampleBatch({ storedAt: 900 }, seqs(4, 8)), at({ origin: 'o2', storedAt: 800 }, { seq: 1 }));
    expect(summaryOf(sensor())).toMatchObject({
      readings: 7,
      lastStoredAt: 1_000,
      origins: [
        { origin: 'o2', highest: 1, missing: [] },
        { origin: 'origin-1', highest: 8, missing: [[1, 2]] },
      ],
    });
    write(sampleBatch({ storedAt: 2_000 }, seqs(3, 8)));
    expect(summaryOf(sensor())).toMatchObject({ readings: 7, lastStoredAt: 1_000 });
    expect(sensor().series.get('origin-1')!.highest).toBe(8);
  });

  it('of one series in two batches of a write are taken together', () => {
    const { buffer, planned } = plan(sampleBatch({}, seqs(1, 3)), sampleBatch({}, seqs(3, 5)));
    expect(planned.map(({ fresh, repeated }) => [fresh, repeated])).toEqual([
      [[[0, 3]], 0],
      [[[1, 3]], 1],
    ]);
    buffer.apply();
    expect(sensor().series.get('origin-1')!.held.ranges).toEqual([[1, 5]]);
    expect(sensor().readings).toBe(5);
  });

  it('are what the table says where a sensor was counted again', () => {
    write(sampleBatch({}, seqs(1, 5)));
    const { buffer } = plan(at({}, { seq: 6 }));
    const counted = { ...sensor(), readings: 40, first: 1, last: 2, latest: undefined };
    buffer.recounted.set(sensor().id, counted);
    buffer.apply();
    expect(sensor()).toMatchObject({ readings: 40, first: 1, last: 2, latest: undefined });
    expect(sensor().series.get('origin-1')!.held.last).toBe(6);
  });

  it('change nothing before they are applied', () => {
    write(sampleBatch({}, seqs(1, 5)));
    const before = structuredClone(summaryOf(sensor()));
    plan(sampleBatch({ properties: ['ph'], type: 'weather', gateway: 'g2' }, seqs(4, 90)));
    expect(summaryOf(sensor())).toEqual(before);
    expect(state.texts.has('g2')).toBe(false);
  });
});
