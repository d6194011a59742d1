// Flags and causes in the words of people who look at water levels.
import { flagWords as words } from '@wellhead/protocol';

/** Of a newer cloud, a flag may be one that this page does not know. */
export const flagWords: Readonly<Record<number, string>> = words;

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
  'out-of-water': 'measured in the air: the sonde hung out of the water',
  'logger-dropout': 'dropout of several properties at once: the logger or its cable failed',
  attenuated: 'moves less than it should',
  'sensor-moved': 'the sensor was moved and put back',
  calibration: 'a step where the instrument was worked at',
  drift: 'drifts away from the measurements by hand',
  'disagrees-with-neighbours': 'leaves what the other sensors here show',
  'disagrees-with-partner': 'changes fast while the property that goes with it does not',
};

export function causeText(cause: string): string {
  return causeWords[cause] ?? cause;
}

export function describeFlag(flag: number, cause: string | undefined): string {
  const word = flagWords[flag] ?? `flag ${flag}`;
  return cause === undefined ? word : `${word}: ${causeText(cause)}`;
}
