import { expect, it } from 'vitest';
import { sampleBatch, seqs } from './reading-store.samples.ts';
import { storableProblem, storeLimits } from './storable.ts';

it('finds nothing wrong with names in any script', () => {
  expect(
    storableProblem(sampleBatch({ sensor: 'Brunnen "Süd" / 井', type: 'Any Type' }, seqs(1, 3))),
  ).toBeUndefined();
});

it.each([
  ['a site without a name', sampleBatch({ site: '' }, seqs(1, 1)), 'the site has no name'],
  [
    'a name too long',
    sampleBatch({ sensor: 'x'.repeat(storeLimits.nameLength + 1) }, seqs(1, 1)),
    'characters long',
  ],
  ['control characters', sampleBatch({ origin: 'a\0b' }, seqs(1, 1)), 'no text'],
  ['half a character', sampleBatch({ gateway: '\ud800' }, seqs(1, 1)), 'no text'],
  ['a property named twice', sampleBatch({ properties: ['a', 'a'] }, seqs(1, 1)), 'named twice'],
  ['a property no object can show', sampleBatch({ properties: ['__proto__'] }, seqs(1, 1)), '__proto__'],
  ['a seq with a fraction', sampleBatch({}, [{ seq: 1.5 }]), 'no whole number'],
  ['a time that is none', sampleBatch({}, [{ seq: 1, measuredAt: Number.NaN }]), 'no time'],
  ['a time no date can name', sampleBatch({}, [{ seq: 1, measuredAt: 1e16 }]), 'no time'],
])('says what is wrong with %s', (_, batch, problem) => {
  expect(storableProblem(batch)).toContain(problem);
});
