import { expect, it } from 'vitest';
import { clockText, isClockWrong, roomText } from './gateway-words.ts';

it.each([
  [null, null, false, 'clock not known'],
  ['synchronised', 12, false, 'set'],
  ['synchronised', null, false, 'set'],
  ['synchronised', -7_200, true, 'set, 2 h behind'],
  ['unsynchronised', 0.1, true, 'not set since power-up'],
  ['unsynchronised', 86_400 * 3, true, 'not set since power-up, 3 d ahead'],
] as const)('a clock that is %s and %s s ahead: wrong is %s', (clock, clockAheadSeconds, isWrong, text) => {
  expect(isClockWrong({ clock, clockAheadSeconds })).toBe(isWrong);
  expect(clockText({ clock, clockAheadSeconds })).toBe(text);
});

it.each([
  [null, 'room not known'],
  [{ bytes: 0, budgetBytes: 2e9 }, '0 bytes of 2.0 GB (0 %)'],
  [{ bytes: 999, budgetBytes: 1_000 }, '999 bytes of 1.0 kB (100 %)'],
  [{ bytes: 8.44e8, budgetBytes: 1.6e10 }, '844 MB of 16 GB (5 %)'],
] as const)('room %j', (journal, text) => {
  expect(roomText({ journal })).toBe(text);
});
