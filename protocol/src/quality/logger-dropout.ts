// Several properties that dropped out together: the logger or its cable failed, not each sensor.
import { causes } from '../reading/cause.ts';
import type { ValueTest } from './value-test.ts';

/**
 * Several numbers of one reading that failed at once were lost by the logger or its cable, not by one sensor:
 * their `dropout` becomes `logger-dropout`. Missing codes count too, but what said that it had no value keeps
 * its cause. Flags stay as they are.
 * @param fewest so many properties must have failed, at least one of them by a dropout
 */
export function blameLogger(tests: readonly ValueTest[], fewest: number): void {
  let dropped = 0;
  let missing = 0;
  for (const test of tests) {
    if (test.cause === causes.dropout) dropped++;
    else if (test.cause === causes.missing && test.isNumeric) missing++;
  }
  if (dropped === 0 || dropped + missing < fewest) return;
  for (const test of tests) if (test.cause === causes.dropout) test.cause = causes['logger-dropout'];
}
