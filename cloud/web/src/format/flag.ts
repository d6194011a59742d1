// Flags and causes in the words of people who look at water levels.

export const flagWords: Readonly<Record<number, string>> = {
  1: 'good',
  2: 'not evaluated',
  3: 'suspect',
  4: 'bad',
  9: 'missing',
};

const causeWords: Readonly<Record<string, string>> = {
  missing: 'the instrument gave no value',
  dropout: 'dropout: stands for a failed measurement',
  syntax: 'not a number',
  'duplicate-time': 'same time as another reading',
  'backwards-time': 'earlier than the reading before',
  'future-time': 'in the future when it was received',
  gap: 'after a gap',
  'instrument-range': 'outside what the instrument can measure',
  'site-range': 'outside what is plausible here',
  spike: 'spike',
  'rate-of-change': 'changes too fast',
  'flat-line': 'has not changed for too long',
};

export function describeFlag(flag: number, cause: string | undefined): string {
  const word = flagWords[flag] ?? `flag ${flag}`;
  return cause === undefined ? word : `${word}: ${causeWords[cause] ?? cause}`;
}
