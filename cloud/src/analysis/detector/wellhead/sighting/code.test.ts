import { expect, it } from 'vitest';
import { CodeWatch } from './code.ts';

const around = { level: 12, scatter: 0.1, beyond: 0 };
function warmed() {
  const codes = new CodeWatch();
  for (let i = 0; i < 100; i++) codes.isCode(12, around);
  return codes;
}

it('0 is a code where it is far from the level, however often it comes', () => {
  const codes = warmed();
  for (let i = 0; i < 20; i++) expect(codes.isCode(0, around)).toBe(true);
  expect(codes.isCode(0, { ...around, level: 1.5 })).toBe(false);
});

it('0 is a value where the values come down to it, or where it is read all the time', () => {
  const reached = warmed();
  for (let i = 0; i < 10; i++) reached.isCode(0, { ...around, level: 0.5 });
  expect(reached.isCode(0, around)).toBe(false);
  const switched = warmed();
  for (let i = 0; i < 60; i++) switched.isCode(0, around);
  expect(switched.isCode(0, around)).toBe(false);
});

it('what loggers write for no value is a code outside of all that was ever read', () => {
  const codes = warmed();
  const outside = { ...around, beyond: 3 };
  for (const value of [-9999, 7999, 99999, -999.9, 32767, 65535])
    expect(codes.isCode(value, outside)).toBe(true);
  for (const value of [-9998, 5867, 199.5, 1e6]) expect(codes.isCode(value, outside)).toBe(false);
  expect(codes.isCode(7999, around)).toBe(false);
});

it('a run of them is one sighting that grows', () => {
  const codes = warmed();
  const run = codes.take(0, 0, around)!;
  expect(codes.take(1, 0, around)).toBeUndefined();
  expect(run).toMatchObject({ cause: 'dropout', isFault: true, start: 0, end: 1, count: 2, isOpen: true });
  codes.end();
  expect(run.isOpen).toBe(false);
  expect(codes.take(5, 99999, around)).toMatchObject({ cause: 'impossible-value', start: 5 });
});
