import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockStates } from '@wellhead/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchClock } from './clock-state.ts';

const { synchronised, unsynchronised } = clockStates;
const start = Date.UTC(2026, 5, 1);

let folder: string;
let timesync: string;
let time: number;
let state: () => number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-clock-'));
  timesync = join(folder, 'timesync');
  time = start;
  state = watchClock(() => time, timesync);
});
afterEach(() => rmSync(folder, { recursive: true }));

it('trusts the clock of a machine without timesyncd: somebody else sets it', () => {
  expect(state()).toBe(synchronised);
});

it('does not trust the clock before timesyncd has set it', () => {
  mkdirSync(timesync);
  expect(state()).toBe(unsynchronised);
  writeFileSync(join(timesync, 'synchronized'), '');
  time += 10_000;
  expect(state()).toBe(synchronised);
});

it('asks again after ten seconds, not before', () => {
  mkdirSync(timesync);
  expect(state()).toBe(unsynchronised);
  writeFileSync(join(timesync, 'synchronized'), '');
  time += 9_999;
  expect(state()).toBe(unsynchronised);
  time += 1;
  expect(state()).toBe(synchronised);
});

it('asks again at once when the clock was set, forwards or back', () => {
  time = 0;
  expect(state()).toBe(unsynchronised);
  time = start;
  expect(state()).toBe(synchronised);
  time = Date.UTC(2020, 0, 1);
  expect(state()).toBe(unsynchronised);
});

it('never trusts a clock that is older than the program', () => {
  time = Date.UTC(2026, 0, 1) - 1;
  expect(state()).toBe(unsynchronised);
});

it('trusts one from the year of the program on', () => {
  time = Date.UTC(2026, 0, 1);
  expect(state()).toBe(synchronised);
});
