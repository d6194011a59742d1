import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeName } from '../reading/cause.ts';
import type { Value } from '../reading/value.ts';
import { sensorTypeSchema } from '../sensor-type/schema.ts';
import { createQuality } from './create-quality.ts';

const typeOf = (more: object = {}) =>
  sensorTypeSchema.parse({
    type: 'sonde',
    title: 'A sonde',
    version: 1,
    interval: '1h',
    properties: [
      ...['a', 'b', 'c'].map((name) => ({ name, title: name, unit: '', missing: ['(na)'], dropout: [0] })),
      { name: 'state', title: 'State', unit: '', kind: 'text', missing: ['(na)'] },
    ],
    ...more,
  });

function causesOf(values: readonly Value[], more: object = {}): string {
  return createQuality({ type: typeOf(more) })
    .assess(0, 0, values)
    .causes.map(causeName)
    .join(', ');
}

describe('dropouts', () => {
  it.each([
    ['of one property are its own', [0, 7, 7, 'ok'], 'dropout, none, none, none'],
    ['of two are the logger’s', [0, 7, 0, 'ok'], 'logger-dropout, none, logger-dropout, none'],
    ['of all are the logger’s', [0, 0, 0, 'ok'], 'logger-dropout, logger-dropout, logger-dropout, none'],
    ['beside a missing code are the logger’s', [0, '(na)', 7, 'ok'], 'logger-dropout, missing, none, none'],
    ['beside a missing text are not', [0, 7, 7, '(na)'], 'dropout, none, none, missing'],
  ] as const)('%s', (_, values, said) => {
    expect(causesOf(values)).toBe(said);
  });

  it('of a number of properties that the type sets are the logger’s', () => {
    expect(causesOf([0, 0, 7, 'ok'], { loggerDropout: 3 })).toBe('dropout, dropout, none, none');
    expect(causesOf([0, 0, 0, 'ok'], { loggerDropout: 3 })).toMatch(/^(logger-dropout, ){3}none$/);
  });

  it('missing codes alone stay missing', () => {
    expect(causesOf(['(na)', '(na)', '(na)', 'ok'])).toBe('missing, missing, missing, none');
  });
});

it('only the name of the cause changes: flags are those of each value by itself', () => {
  const value = fc.constantFrom<Value>(0, 7, '(na)', 'x', null);
  fc.assert(
    fc.property(fc.tuple(value, value, value), (values) => {
      const together = createQuality({ type: typeOf() }).assess(0, 0, values);
      const alone = createQuality({ type: typeOf({ loggerDropout: 4 }) }).assess(0, 0, values);
      expect(together.flags).toEqual(alone.flags);
    }),
  );
});
