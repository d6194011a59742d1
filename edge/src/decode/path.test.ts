import { expect, it } from 'vitest';
import { follow, parsePath } from './path.ts';

const tree = {
  data: [{ v: 1 }, { v: 2 }],
  measures: [
    { kind: 'o3', value: 41 },
    { kind: 10, value: { is: 7 } },
    { kind: 'p.m', value: 9 },
  ],
  one: { '@id': 'a', v: 3 },
  'a b': 5,
};

it.each([
  ['data.1.v', 2],
  ['data.2.v', undefined],
  ['measures[kind=o3].value', 41],
  ['measures[kind=10].value.is', 7],
  ['measures[kind=p.m].value', 9],
  ['measures[kind=no2].value', undefined],
  ['one[@id=a].v', 3],
  ['one.@id', 'a'],
  ['a b', 5],
  ['data.length', 2],
  ['one.v.deeper', undefined],
  ['__proto__.polluted', undefined],
  ['constructor.name', undefined],
  ['one[toString=x]', undefined],
])('%s leads to %j', (text, value) => {
  expect(follow(tree, parsePath(text)!)).toEqual(value);
});

it('a list at the root can be searched too', () => {
  expect(follow(tree.measures, parsePath('[kind=o3].value')!)).toBe(41);
});

it.each(['', '.', '[', 'a[b', 'a[=1]', 'a[b=c]d', ']'])('"%s" is no path', (text) => {
  expect(parsePath(text)).toBeUndefined();
});
