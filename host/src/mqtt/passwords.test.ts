import { expect, it } from 'vitest';
import { createPasswordCheck } from './passwords.ts';

const check = createPasswordCheck([
  ['ann', 'pässword'],
  ['bob', 'other'],
  ['eve', ''],
]);

it.each([
  ['ann', 'pässword', true],
  ['ann', 'password', false],
  ['ann', 'pässwor', false],
  ['ann', 'pässword!', false],
  ['ann', 'other', false],
  ['ann', '', false],
  ['bob', 'other', true],
  ['eve', '', true],
  ['nobody', '', false],
  ['toString', '', false],
])('%s with %j: %s', (username, password, may) => {
  expect(check(username, password)).toBe(may);
});
