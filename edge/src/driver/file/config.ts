// The keys of a sensor whose readings a logger writes into a file.
import { durationSchema, sizeSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { tableKeys, timeColumnsSchema, timeKeys, valueColumnsSchema } from '../table/config.ts';

/** Columns by their order: `date,time,sec,ph,-,water_level`. */
const columnsSchema = z
  .union([
    z
      .string()
      .min(1)
      .transform((text) => text.split(',')),
    z.array(z.string()),
  ])
  .pipe(z.array(z.string().trim().min(1)).min(2).max(256));

/** A CSV file that a logger appends to. */
export const fileSchema = z
  .strictObject({
    path: z.string().min(1).describe('the file, relative to this one; it need not be there yet'),
    every: durationSchema
      .refine((ms) => ms >= 100, 'at least 100ms is expected')
      .prefault('5s')
      .describe('how often it is looked at; on a disk of this machine, changes are noticed at once'),
    columns: columnsSchema
      .optional()
      .describe(
        'the columns in their order: properties, `date` and `time` (or `time` alone), `-` to pass one over; left out: the heading names them',
      ),
    time: timeColumnsSchema
      .optional()
      .describe(
        'with a heading: the column of the time, or those of date and time of day, by name or number; left out: `time`',
      ),
    values: valueColumnsSchema
      .optional()
      .describe(
        'with a heading: the column of each property, as `sec: EC_uS`; left out: the names of the properties',
      ),
    ...tableKeys,
    ...timeKeys,
    encoding: z.enum(['utf-8', 'latin1']).default('utf-8'),
    maxLine: sizeSchema.prefault('16kB').describe('a longer line is damage, and is passed over'),
  })
  .refine((file) => file.columns === undefined || (file.time === undefined && file.values === undefined), {
    message: 'give either columns (by their order) or time and values (by the heading)',
  })
  .refine(
    (file) => file.columns === undefined || file.columns.some((name) => name === 'time' || name === 'date'),
    {
      message: 'columns must name the time: date and time, or time alone',
    },
  );
