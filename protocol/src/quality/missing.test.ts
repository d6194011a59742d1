import { expect, it } from 'vitest';
import { isMissing, missingCodesOf } from './missing.ts';

const codes = missingCodesOf(['(na)', '', 'NaN', 99999]);

it.each([null, Number.NaN, '(na)', ' (na) ', '', '   ', 'NaN', 99999, '99999', '99999.00', ' 99999.0 '])(
  'takes %j for no value',
  (value) => {
    expect(isMissing(codes, value)).toBe(true);
  },
);

it.each([0, 99998, '0', '99998', 'NA', true, false])('takes %j for a value', (value) => {
  expect(isMissing(codes, value)).toBe(false);
});

it('takes a code written as a text for the number it is', () => {
  expect(isMissing(missingCodesOf(['-9999']), -9999)).toBe(true);
});

it('does not take an empty text for the code 0', () => {
  expect(isMissing(missingCodesOf([0]), '')).toBe(false);
});
