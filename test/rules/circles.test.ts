import { expect, it } from 'vitest';
import { findCircles } from './circles.ts';

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

it('finds two that reach each other by a third, and one that reaches itself', () => {
  expect(findCircles(graph({ a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['e'] }))).toEqual([
    ['e'],
    ['a', 'b', 'c'],
  ]);
});

it('finds none where everything leads down', () => {
  expect(findCircles(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([]);
});
