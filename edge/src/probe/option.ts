// Readers of option values of the probe; what they refuse, commander reports with the option’s name.
import { durationSchema } from '@wellhead/protocol';
import { InvalidArgumentError } from 'commander';

export function readNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

export function readTime(text: string): number {
  const result = durationSchema.safeParse(text);
  if (!result.success || result.data === 0)
    throw new InvalidArgumentError('Write a time as 200ms, 10s or 2m.');
  return result.data;
}
