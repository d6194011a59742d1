import { expect, it } from 'vitest';
import { groupBy } from './group-by.ts';

const words = ['bee', 'ant', 'beetle', 'asp'];

it('gives the items of each key in the order they came, and the keys in the order they were met', () => {
  expect([...groupBy(words, (word) => word[0])]).toEqual([
    ['b', ['bee', 'beetle']],
    ['a', ['ant', 'asp']],
  ]);
});

it('gives what is taken from each item instead of it', () => {
  const lengths = groupBy(
    words,
    (word) => word[0],
    (word) => word.length,
  );
  expect([...lengths]).toEqual([
    ['b', [3, 6]],
    ['a', [3, 3]],
  ]);
});
