import { expect, it } from 'vitest';
import { Resolution } from './resolution.ts';
import { Scatter } from './scatter.ts';

it('the step of the instrument is learnt, and a few odd ones do not count', () => {
  const resolution = new Resolution();
  expect(resolution.size).toBe(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 200; i++) resolution.push([0.1, 0.2, 0.3][i % 3]!);
  for (let i = 0; i < 5; i++) resolution.push(1e-13);
  expect(resolution.size).toBeCloseTo(0.1);
  for (let i = 0; i < 100; i++) resolution.push(0.01);
  expect(resolution.size).toBeCloseTo(0.01);
});

it('a silent sensor scatters by three steps of its instrument, a lively one by what it does', () => {
  const silent = new Scatter(24, 0.01);
  for (let i = 0; i < 100; i++) silent.push(5);
  expect(silent.size).toBeCloseTo(0.03);
  const lively = new Scatter(24, 0.01);
  for (let i = 0; i < 200; i++) lively.push(i % 2 === 0 ? 5 : 6);
  expect(lively.size).toBeCloseTo(1);
});

it('one huge step moves it little', () => {
  const scatter = new Scatter(24, 0.01);
  for (let i = 0; i < 200; i++) scatter.push(i % 2 === 0 ? 5 : 6);
  scatter.push(-9_999);
  expect(scatter.size).toBeLessThan(1.3);
});

it('a run of equal values is unlikely where values always change, and usual where they never do', () => {
  const lively = new Scatter(24);
  const still = new Scatter(24);
  for (let i = 0; i < 200; i++) {
    lively.push(i % 10 === 0 ? 5 : 5 + (i % 7));
    still.push(5);
  }
  expect(lively.chanceOfRun(6)).toBeLessThan(1e-3);
  expect(still.chanceOfRun(1_000)).toBe(1);
});

it('before a value ever changed, its decimals tell what its instrument shows', () => {
  const still = new Scatter(24);
  for (let i = 0; i < 200; i++) still.push(11.4);
  expect(still.size).toBeCloseTo(0.3);
});
