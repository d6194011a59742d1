// Lengths of time and sizes as people write them in configuration files.
import { z } from 'zod';
import { dayMs, hourMs, minuteMs, secondMs } from './time-units.ts';

const unitMs = { ms: 1, s: secondMs, m: minuteMs, h: hourMs, d: dayMs } as const;

/** A length of time as people write it ("250ms", "30s", "5m", "1h", "7d"), read as milliseconds. */
export const durationSchema = z
  .string()
  .regex(
    /^\d+(\.\d+)?(ms|s|m|h|d)$/,
    'write a length of time as a number and a unit: 250ms, 30s, 5m, 1h or 7d',
  )
  .transform((text) => {
    const unit = text.endsWith('ms') ? 'ms' : (text.slice(-1) as 's' | 'm' | 'h' | 'd');
    return Number.parseFloat(text) * unitMs[unit];
  })
  .meta({ title: 'duration' });

const unitBytes = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** A size as people write it ("64kB", "2GB"; powers of 1024), read as bytes. */
export const sizeSchema = z
  .string()
  .regex(/^\d+(\.\d+)?(B|kB|MB|GB)$/, 'write a size as a number and a unit: 64kB, 500MB or 2GB')
  .transform((text) => {
    const unit = /[kMG]B$/.test(text) ? (text.slice(-2) as 'kB' | 'MB' | 'GB') : 'B';
    return Math.floor(Number.parseFloat(text) * unitBytes[unit]);
  })
  .meta({ title: 'size' });
