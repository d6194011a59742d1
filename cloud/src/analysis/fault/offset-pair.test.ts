import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inShort, moved, quiet, windowOf } from './fault.testing.ts';
import { findOffsetPairs } from './offset-pair.ts';

/** The numbers of traval for water levels. */
const settings = { level: { step: 0.15, match: 0.1 } };
const pairsIn = (level: readonly number[]) => inShort(findOffsetPairs(windowOf({ level }, settings), []));

it('suspects everything between two opposite steps that match', () => {
  expect(pairsIn(moved(quiet(400), 100, 150, 0.6))).toEqual(['level sensor-moved 100-149']);
  expect(pairsIn(moved(quiet(400), 100, 150, -0.6))).toEqual(['level sensor-moved 100-149']);
});

it('says how far and when', () => {
  const [span] = findOffsetPairs(windowOf({ level: moved(quiet(400), 100, 150, 0.6) }, settings), []);
  expect(span).toMatchObject({ size: expect.closeTo(0.6, 1), peak: span!.start });
  expect(span!.expected).toBeCloseTo(span!.value - 0.6, 1);
  expect(span!.text).toMatch(
    /^level: \+0\.\d{3} m on 2026-01-05 04:00 UTC and −0\.\d{3} m on 2026-01-07 06:00 UTC: the sensor was moved/,
  );
});

it('leaves alone one step, two of the same direction, two that do not match, and a spike', () => {
  expect(pairsIn(moved(quiet(400), 100, 400, 0.6))).toEqual([]);
  expect(pairsIn(moved(moved(quiet(400), 100, 400, 0.6), 150, 400, 0.6))).toEqual([]);
  expect(pairsIn(moved(moved(quiet(400), 100, 400, 0.6), 150, 400, -0.4))).toEqual([]);
  expect(pairsIn(moved(quiet(400), 100, 102, 0.6))).toEqual([]);
});

it('does not take what lies between two moves for one, where the first was not seen to begin', () => {
  const level = moved(moved(quiet(900), 0, 100, 0.6), 400, 450, 0.6);
  expect(pairsIn(level)).toEqual(['level sensor-moved 400-449']);
});

it('leaves alone a pump that goes on and off', () => {
  let level = quiet(1000);
  for (let at = 50; at < 950; at += 100) level = moved(level, at, at + 10, -0.6);
  expect(pairsIn(level)).toEqual([]);
});

it('is off without a step', () => {
  expect(findOffsetPairs(windowOf({ level: moved(quiet(400), 100, 150, 0.6) }, {}), [])).toEqual([]);
});

it('finds a move of any size and length, and nothing where nobody moved it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 200 }),
      fc.integer({ min: 4, max: 180 }),
      fc.integer({ min: 25, max: 900 }),
      (from, length, size) => {
        expect(pairsIn(moved(quiet(400), from, from + length, size / 100))).toEqual([
          `level sensor-moved ${from}-${from + length - 1}`,
        ]);
      },
    ),
  );
  expect(pairsIn(quiet(400))).toEqual([]);
});
