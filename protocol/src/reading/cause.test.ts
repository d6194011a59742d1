import { expect, it } from 'vitest';
import { causeName, causeNumber, causes } from './cause.ts';

it('reads back every name it gives, those of newer programs too', () => {
  const numbers = [...Object.values(causes), 77, 255];
  expect(numbers.map((number) => causeNumber(causeName(number)))).toEqual(numbers);
  expect(causeName(77)).toBe('unknown-77');
});

it('is none without a name, and with one that nobody gave', () => {
  expect([undefined, 'no-such', 'toString'].map(causeNumber)).toEqual([0, 0, 0]);
});
