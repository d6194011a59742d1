// For tests: a journal of which nothing out of the ordinary is expected.
import type { JournalReports } from './journal.ts';

/** Whatever a journal reports fails the test that did not expect it. */
export const strictReports: JournalReports = {
  onDamaged: (key, error) => {
    throw new Error(`the block ${key} is damaged`, { cause: error });
  },
  onMarkFailed: (error) => {
    throw new Error('a mark of delivery could not be written', { cause: error });
  },
  onLost: ({ sensor, from, to, evidence }) => {
    throw new Error(`${sensor} lost its readings ${from} to ${to}: ${evidence}`);
  },
  onFound: (sensor, [from, to]) => {
    throw new Error(`${sensor} found its readings ${from} to ${to} again`);
  },
};
