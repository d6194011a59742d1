import { type Flag, flags } from '../../src/reading/flag.ts';

/** From weakest to strongest: one good hides what is missing or not evaluated, one bad hides all. */
const precedence: readonly Flag[] = [flags.missing, flags.notEvaluated, flags.good, flags.suspect, flags.bad];

/**
 * One flag per value from those of several tests, as `qartod_compare` of ioos_qc.
 * @throws RangeError if the tests did not judge the same number of values
 */
export function compareFlags(tests: readonly ArrayLike<Flag>[]): Flag[] {
  const count = tests[0]?.length ?? 0;
  if (tests.some((test) => test.length !== count)) throw new RangeError('the tests have different lengths');
  return Array.from({ length: count }, (_, i) => {
    let strongest = 0;
    for (const test of tests) strongest = Math.max(strongest, precedence.indexOf(test[i]!));
    return precedence[strongest]!;
  });
}
