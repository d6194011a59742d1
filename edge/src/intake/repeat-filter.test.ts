import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RepeatFilter, repeatKey } from './repeat-filter.ts';

const value = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constantFrom(null, undefined));

it('tells readings apart by time and values, and only by these', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.array(value), fc.array(value), (t, u, a, b) => {
      expect(repeatKey(t, a)).toBe(repeatKey(t, [...a]));
      const isSame = t === u && a.length === b.length && a.every((one, i) => Object.is(one, b[i]));
      expect(repeatKey(t, a) === repeatKey(u, b)).toBe(isSame);
    }),
    { numRuns: 2_000 },
  );
});

it('gives different keys to half a million neighbouring readings', { timeout: 60_000 }, () => {
  const keys = new Set<string>();
  for (let i = 0; i < 250_000; i++) {
    keys.add(repeatKey(0, [i / 100, 7]));
    keys.add(repeatKey(0, [7, String(i)]));
  }
  expect(keys.size).toBe(500_000);
});

it('remembers the newest only, however many share a time', () => {
  const filter = new RepeatFilter(10);
  const key = (i: number) => repeatKey(0, [i]);
  for (let i = 0; i < 1_000; i++) filter.remember(key(i));
  const known = Array.from({ length: 1_000 }, (_, i) => i).filter(
    (i) => filter.repeated(key(i)) !== undefined,
  );
  expect(known).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
});

it('forgets a reading that could not be kept, but not how it was judged', async () => {
  const filter = new RepeatFilter<string>(2);
  for (const key of ['a', 'b', 'c']) {
    const failed = Promise.reject(new Error('full'));
    filter.rememberPending(key, failed, `judged ${key}`);
    await expect(filter.repeated(key)).rejects.toThrow('full');
    await new Promise((resolve) => setImmediate(resolve));
    expect(filter.repeated(key)).toBeUndefined();
  }
  expect(['a', 'b', 'c'].map((key) => filter.judgedBefore(key))).toEqual([undefined, 'judged b', 'judged c']);
  filter.rememberPending('c', Promise.resolve(), 'judged c');
  expect(filter.judgedBefore('c')).toBeUndefined();
  await expect(filter.repeated('c')).resolves.toBeUndefined();
});

it('holds on to no promise that is settled, kept or refused', async () => {
  const filter = new RepeatFilter<string>(5);
  const kept = Promise.resolve();
  filter.rememberPending('a', kept, 'judged a');
  expect(filter.repeated('a')).toBe(kept);
  await new Promise(setImmediate);
  expect(filter.repeated('a')).not.toBe(kept);
  const refused = Promise.reject(new Error('full'));
  filter.rememberPending('b', refused, 'judged b');
  await new Promise(setImmediate);
  filter.remember('b');
  await expect(filter.repeated('b')).resolves.toBeUndefined();
});

/** The double that these two words make. */
function double(low: number, high: number): number {
  return new Float64Array(Uint32Array.of(low, high).buffer)[0]!;
}

it.each([
  ['numbers and the text of the same words', [double(65, 66), double(2, 2)], ['AB']],
  ['numbers that differ in their low word', [double(1, 5)], [double(2, 5)]],
  ['numbers that differ in their high word', [double(1, 5)], [double(1, 6)]],
  ['a text and what is absent before a number', ['\u0005\u0001\u0007'], [undefined, double(7, 3)]],
  ['two texts and one that runs on', ['A', 'B'], ['A\u0002B']],
])('tells %s apart', (_, one, other) => {
  expect(repeatKey(0, one)).not.toBe(repeatKey(0, other));
});

it('tells what is no number and no text apart', () => {
  const values = [undefined, null, true, false, '', 0];
  expect(new Set(values.map((value) => repeatKey(0, [value]))).size).toBe(values.length);
});
