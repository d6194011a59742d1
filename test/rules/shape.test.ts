// The shape of the sources: small roots, rooms that can be looked over, a sentence at the head of each file.
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { roots } from './rooms.ts';
import { isForTests, readSources } from './sources.ts';

const maxRootLines = 80;
const maxFilesARoom = 20;
const maxLines90 = 130;

const ours = readSources().filter(({ path }) => !isForTests(path));
const linesOf = (text: string) => text.trimEnd().split('\n').length;

it(`a composition root has at most ${maxRootLines} lines`, () => {
  const long = ours
    .filter(({ path }) => roots.includes(path))
    .map(({ path, text }) => `${path} ${linesOf(text)}`)
    .filter((line) => Number(line.split(' ')[1]) > maxRootLines);
  expect(long).toEqual([]);
});

it(`a room has at most ${maxFilesARoom} source files`, () => {
  const counts = new Map<string, number>();
  for (const { path } of ours) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > maxFilesARoom)).toEqual([]);
});

it('every file begins with a sentence on what it is', () => {
  const without = ours
    .filter(({ text }) => !/^(#!.*\n)?(\/\/ \S|\/\*\*?\s)/.test(text))
    .map(({ path }) => path);
  expect(without).toEqual([]);
});

it(`nine files of ten have at most ${maxLines90} lines`, () => {
  const lengths = ours.map(({ text }) => linesOf(text)).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length * 0.9)]!).toBeLessThanOrEqual(maxLines90);
});
