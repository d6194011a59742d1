// Readers of option values; what they refuse, commander reports with the option’s name.
import { durationSchema, idSchema } from '@wellhead/protocol';
import { InvalidArgumentError, Option } from 'commander';
import { parseTime } from '../replay/time.ts';

/** `360x`, `1x`, `0.5x`, or `max` (Infinity). */
export function readSpeed(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d+)?)x?$/.exec(text);
  const speed = Number(match?.[1]);
  if (!(speed > 0)) throw new InvalidArgumentError('Write a factor as 360x, or max.');
  return speed;
}

export function readWindow(text: string): number {
  const window = readCount(text);
  if (window < 1 || window > 65_535) throw new InvalidArgumentError('Write a whole number from 1 to 65535.');
  return window;
}

export function readCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

export function readNumber(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError('Write a number that is not below 0.');
  return Number(text);
}

/** `250ms`, `30s`, `5m`, `1h`, `7d`, in milliseconds and above 0. */
export function readDuration(text: string): number {
  const result = durationSchema.safeParse(text);
  if (!result.success || result.data === 0)
    throw new InvalidArgumentError('Write a time as 30s, 5m, 1h or 7d.');
  return result.data;
}

export function readSensor(text: string): string {
  const result = idSchema.safeParse(text);
  if (!result.success) throw new InvalidArgumentError(`${result.error.issues[0]!.message}.`);
  return result.data;
}

export function readBrokerUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (!/^(mqtts?|wss?):$/.test(protocol))
    throw new InvalidArgumentError('Write an address as mqtt://127.0.0.1:1884.');
  return text;
}

/** A date or a time, UTC where it names no zone, in milliseconds since 1970. */
export function readStart(text: string): number {
  const at = parseTime(text);
  if (at === undefined) throw new InvalidArgumentError('Write a time as 2017-01-01 or 2017-01-01T00:00Z.');
  return at;
}

/** How long a command goes on without a broker, in milliseconds. */
export function timeoutOption(): Option {
  return new Option('--timeout <time>', 'give up after this long without a broker')
    .argParser(readDuration)
    .default(60_000, '1m');
}
