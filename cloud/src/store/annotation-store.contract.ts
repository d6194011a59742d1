import { hourMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../event/annotation.ts';
import { sampleAnnotation } from './annotation-store.testing.ts';
import type { AnnotationQuery, AnnotationStore } from './annotation-store.ts';
import { dayOne } from './event-store.testing.ts';
import { eachTestItsStore, type StoreFactory, type StoreSupports } from './store-under-test.contract.ts';

/** What every store must keep of the promises of `AnnotationStore`. */
export function describeAnnotationStore(
  name: string,
  factory: StoreFactory,
  supports: StoreSupports = { reopen: false },
): void {
  describe(`${name} as an AnnotationStore`, () => {
    describeKeeping(factory, supports);
    describeFinding(factory);
  });
}

async function all(annotations: AnnotationStore, asked: Partial<AnnotationQuery> = {}) {
  const query = { site: 'site-a', limit: 3, ...asked };
  const found: Annotation[] = [];
  for (let page = await annotations.find(query); ; ) {
    found.push(...page.annotations);
    if (page.next === undefined) return found;
    page = await annotations.find({ ...query, after: page.next });
  }
}

async function idsOf(annotations: AnnotationStore, asked: Partial<AnnotationQuery> = {}) {
  return (await all(annotations, asked)).map(({ id }) => id);
}

function describeKeeping(factory: StoreFactory, supports: StoreSupports): void {
  describe('keeping', () => {
    const the = eachTestItsStore(factory);

    it('holds what was written, whole, in whatever characters', async () => {
      const { annotations } = the().store;
      const span = sampleAnnotation('a', 1, {
        hours: 5,
        property: 'water_level',
        text: `“水” \\ ${'x'.repeat(900)}`,
      });
      const ofSite = sampleAnnotation('b', 2, { sensor: null });
      await annotations.add(span);
      await annotations.add(ofSite);
      expect(await all(annotations)).toEqual([ofSite, span]);
    });

    it('holds an id once, as it was first written', async () => {
      const { annotations } = the().store;
      const first = sampleAnnotation('a', 1);
      await annotations.add(first);
      await annotations.withdraw('a', { by: 'bob', at: 5 });
      await annotations.add(sampleAnnotation('a', 2, { text: 'other' }));
      expect(await all(annotations, { withdrawn: true })).toEqual([
        { ...first, withdrawn: { by: 'bob', at: 5 } },
      ]);
    });

    it('withdraws one once, keeps it with who and when, and lists it only when asked', async () => {
      const { annotations } = the().store;
      const [kept, withdrawn] = [sampleAnnotation('a', 1), sampleAnnotation('b', 2)];
      await annotations.add(kept);
      await annotations.add(withdrawn);
      const told = { ...withdrawn, withdrawn: { by: 'bob', at: 7 } };
      expect(await annotations.withdraw('b', { by: 'bob', at: 7 })).toEqual(told);
      expect(await annotations.withdraw('b', { by: 'cid', at: 9 })).toEqual(told);
      expect(await annotations.withdraw('no-such', { by: 'bob', at: 7 })).toBeUndefined();
      expect(await all(annotations)).toEqual([kept]);
      expect(await all(annotations, { withdrawn: true })).toEqual([told, kept]);
    });

    if (!supports.reopen) return;
    it('holds the same after reopening', async () => {
      const test = the();
      await test.store.annotations.add(sampleAnnotation('a', 1));
      await test.store.annotations.add(sampleAnnotation('b', 2, { hours: 3 }));
      await test.store.annotations.withdraw('a', { by: 'bob', at: 7 });
      const before = await all(test.store.annotations, { withdrawn: true });
      expect(before).toHaveLength(2);
      const { annotations } = await test.reopen!();
      expect(await all(annotations, { withdrawn: true })).toEqual(before);
      expect(await idsOf(annotations)).toEqual(['b']);
    });
  });
}

function describeFinding(factory: StoreFactory): void {
  describe('finding', () => {
    const the = eachTestItsStore(factory);

    it('gives pages newest first, by start and then id, each annotation once', async () => {
      const { annotations } = the().store;
      for (const [i, at] of [1, 2, 2, 2, 3, 3, 7].entries())
        await annotations.add(sampleAnnotation(`e${i}`, at));
      const expected = ['e6', 'e5', 'e4', 'e3', 'e2', 'e1', 'e0'];
      for (const limit of [1, 2, 3, 7, 100]) expect(await idsOf(annotations, { limit })).toEqual(expected);
      const find = (limit: number) => annotations.find({ site: 'site-a', limit });
      expect(await find(7)).not.toHaveProperty('next');
      expect((await find(3)).next).toEqual({ start: dayOne + 3 * hourMs, id: 'e4' });
      await expect(find(0)).rejects.toThrow(TypeError);
    });

    it('finds those of a site, and those of a sensor with those of its whole site', async () => {
      const { annotations } = the().store;
      await annotations.add(sampleAnnotation('a', 1));
      await annotations.add(sampleAnnotation('b', 2, { sensor: 'well-2' }));
      await annotations.add(sampleAnnotation('c', 3, { sensor: null }));
      await annotations.add(sampleAnnotation('d', 4, { site: 'site-b' }));
      expect(await idsOf(annotations)).toEqual(['c', 'b', 'a']);
      expect(await idsOf(annotations, { sensor: 'well-1' })).toEqual(['c', 'a']);
      expect(await idsOf(annotations, { sensor: 'well-3' })).toEqual(['c']);
      expect(await idsOf(annotations, { site: 'site-c' })).toEqual([]);
    });

    it('finds what overlaps a half-open range: moments in it, spans up to the moment after their last', async () => {
      const { annotations } = the().store;
      // A moment at 1; a span from 2 up to 5.
      await annotations.add(sampleAnnotation('m', 1));
      await annotations.add(sampleAnnotation('s', 2, { hours: 3 }));
      const between = (from: number | undefined, to: number | undefined) =>
        idsOf(annotations, {
          ...(from !== undefined && { from: dayOne + from * hourMs }),
          ...(to !== undefined && { to: dayOne + to * hourMs }),
        });
      expect(await between(0, 1)).toEqual([]);
      expect(await between(1, 2)).toEqual(['m']);
      expect(await between(1.5, 2)).toEqual([]);
      expect(await between(1, 3)).toEqual(['s', 'm']);
      expect(await between(3, 4)).toEqual(['s']);
      expect(await between(4.9, undefined)).toEqual(['s']);
      expect(await between(5, undefined)).toEqual([]);
      expect(await between(undefined, 2)).toEqual(['m']);
    });
  });
}
