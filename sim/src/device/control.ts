// Words on standard input that switch faults while the instrument runs.
import type { Instrument } from './instrument.ts';
import type { Line } from './line.ts';
import { type Fault, faults, type Switches } from './switches.ts';

/** Obeys one line of words and says what was done, or what is wrong with it. */
export async function obey(
  words: string,
  { line, switches, instrument }: { line: Line; switches: Switches; instrument: Instrument },
): Promise<string> {
  const [verb = '', from = '', third = '', fourth = ''] = words.trim().split(/\s+/);
  if (verb === '') return '';
  if (verb === 'unplug') await line.unplug();
  else if (verb === 'replug') await line.replug();
  else if (verb === 'ok') switches.set(nameOf(from), undefined, 0);
  else if (verb === 'set') {
    const value = Number(fourth);
    if (fourth === '' || Number.isNaN(value)) return 'say: set WHO PLACE VALUE';
    try {
      instrument.set(nameOf(from), third, value);
    } catch (error) {
      return (error as Error).message;
    }
  } else if ((faults as readonly string[]).includes(verb)) {
    switches.set(nameOf(from), verb as Fault, Number.parseFloat(third) || 1_000);
  } else return `what is "${verb}"? Say ok, unplug, replug, set, ${faults.join(', ')}`;
  return `done: ${words.trim()}`;
}

/** `all` and nothing mean everybody. */
function nameOf(word: string): string {
  return word === 'all' ? '' : word;
}
