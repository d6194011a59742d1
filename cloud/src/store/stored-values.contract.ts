import type { Value } from '@wellhead/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPages, type Sample, sampleBatch, seqs, start, storedForm } from './reading-store.testing.ts';
import { eachTestItsStore, type StoreFactory, type StoreSupports } from './store-under-test.contract.ts';

const anyValue: fc.Arbitrary<Value | undefined> = fc.oneof(
  fc.double(),
  fc.constantFrom(
    Number.NaN,
    -0,
    0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    5e-324,
    Number.MAX_VALUE,
  ),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'NaN', 'null', '"', '\0', '\ud800'),
  fc.constantFrom(true, false, null, undefined),
);

/** Raw values are never changed: every kind of value comes back as it was. */
export function describeStoredValues(factory: StoreFactory, supports: StoreSupports): void {
  describe('values', () => {
    const the = eachTestItsStore(factory);

    it('come back as they were, whatever their kind', async () => {
      const properties = ['p', 'q', 'r'];
      const samples = fc.array(fc.tuple(anyValue, anyValue, anyValue), { minLength: 1, maxLength: 60 });
      const sensors = new Map<string, ReturnType<typeof storedForm>>();
      await fc.assert(
        fc.asyncProperty(samples, async (rows) => {
          const sensor = `well-${sensors.size}`;
          const block = rows.map((row, i): Sample => {
            const named = properties.map((property, p) => [property, row[p]] as const);
            const values = named.filter((pair): pair is readonly [string, Value] => pair[1] !== undefined);
            return { seq: i + 1, values: Object.fromEntries(values), flag: i % 2 ? 4 : 1, cause: i % 3 };
          });
          const batch = sampleBatch({ sensor, properties }, block);
          sensors.set(sensor, storedForm(batch));
          await the().store.write([batch]);
          expect((await allPages(the().store, { sensor })).readings).toEqual(storedForm(batch));
        }),
        { numRuns: 40 },
      );
      if (!supports.reopen) return;
      const store = await the().reopen!();
      for (const [sensor, expected] of sensors) {
        expect((await allPages(store, { sensor })).readings).toEqual(expected);
      }
    });

    it('may belong to a property that appears later', async () => {
      const { store } = the();
      const first = sampleBatch({ properties: ['a'] }, seqs(1, 2, { values: { a: 1 } }));
      const second = sampleBatch({ properties: ['b', 'a'] }, seqs(3, 4, { values: { b: 'x', a: 2 } }));
      await store.write([first]);
      await store.write([second]);
      expect((await allPages(store)).readings).toEqual([...storedForm(first), ...storedForm(second)]);
      expect((await store.sensors())[0]!.properties).toEqual(['a', 'b']);
    });

    it('of two types may share the names of properties, also when a sensor changes its type', async () => {
      const { store } = the();
      const one = sampleBatch(
        { type: 'groundwater', properties: ['level', 'sec'] },
        seqs(1, 2, { values: { level: 1, sec: 9 } }),
      );
      const two = sampleBatch(
        { type: 'river-stage', properties: ['flow', 'level'] },
        seqs(3, 4, { values: { flow: 7, level: 2 } }),
      );
      await store.write([one, two]);
      expect((await allPages(store)).readings).toEqual([...storedForm(one), ...storedForm(two)]);
      const moved = sampleBatch({ type: 'river-stage', properties: ['level'] }, [
        { seq: 1, revision: 1, values: { level: 5 } },
      ]);
      expect(await store.write([moved])).toEqual({ written: 0, repeated: 0, revised: 1 });
      expect((await allPages(store)).readings[0]).toEqual(storedForm(moved)[0]);
      expect((await store.sensors())[0]).toMatchObject({ readings: 4, type: 'river-stage' });
    });

    it('may have types and properties with any spelling', async () => {
      const { store } = the();
      const properties = [
        'Temp',
        'temp',
        'a"b',
        "'; DROP TABLE readings_0; --",
        'grün 水',
        'sensor',
        'x'.repeat(128),
      ];
      const values = Object.fromEntries(properties.map((property, p) => [property, p]));
      const batch = sampleBatch({ type: 'a "type"; --', sensor: "o'clock", properties }, [
        { seq: 1, values },
      ]);
      const other = sampleBatch({ type: 'A "TYPE"; --', sensor: "o'clock", properties }, [
        { seq: 2, values },
      ]);
      await store.write([batch, other]);
      const { readings } = await allPages(store, { sensor: "o'clock" });
      expect(readings).toEqual([...storedForm(batch), ...storedForm(other)]);
    });

    it('keep fractions of a millisecond in their times', async () => {
      const { store } = the();
      const times = [start + 0.5, start + 0.625, start + 1];
      await store.write([
        sampleBatch(
          {},
          times.map((measuredAt, i) => ({ seq: 3 - i, measuredAt })),
        ),
      ]);
      const { readings, pages } = await allPages(store, { limit: 1 });
      expect(readings.map(({ seq }) => seq)).toEqual([3, 2, 1]);
      expect(pages.map(({ next }) => next?.measuredAt)).toEqual([start + 0.5, start + 0.625, undefined]);
      expect(readings.map(({ measuredAt }) => measuredAt.slice(17))).toEqual([
        '00.0005Z',
        '00.000625Z',
        '00.001Z',
      ]);
    });
  });
}
