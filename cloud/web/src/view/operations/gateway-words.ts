// What a gateway says of its clock and its disk, in words.
import type { GatewayAnswer } from '../../../../src/api/answer/answers.ts';
import { formatAge } from '../../format/time.ts';

type Clock = Pick<GatewayAnswer, 'clock' | 'clockAheadSeconds'>;

/** The way of a message on a slow link is some seconds; more than this is the clock. */
const worthTellingSeconds = 30;

export function isClockWrong({ clock, clockAheadSeconds }: Clock): boolean {
  return clock === 'unsynchronised' || Math.abs(clockAheadSeconds ?? 0) > worthTellingSeconds;
}

export function clockText({ clock, clockAheadSeconds }: Clock): string {
  if (clock === null) return 'clock not known';
  const set = clock === 'synchronised' ? 'set' : 'not set since power-up';
  const ahead = clockAheadSeconds ?? 0;
  if (Math.abs(ahead) <= worthTellingSeconds) return set;
  return `${set}, ${formatAge(Math.abs(ahead))} ${ahead > 0 ? 'ahead' : 'behind'}`;
}

export function roomText({ journal }: Pick<GatewayAnswer, 'journal'>): string {
  if (journal === null) return 'room not known';
  const percent = Math.round((journal.bytes / journal.budgetBytes) * 100);
  return `${formatBytes(journal.bytes)} of ${formatBytes(journal.budgetBytes)} (${percent} %)`;
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}
