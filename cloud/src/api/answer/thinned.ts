// How thinned readings are answered.
import { z } from 'zod';
import { flagSchema, timeSchema } from './parts.ts';
import { rangeSchema } from './reading.ts';

const cellSchema = z.strictObject({
  count: z.number().int().describe('numbers whose flag is neither bad (4) nor missing (9)'),
  min: z.number().nullable().describe('the lowest of these; null where there is none'),
  max: z.number().nullable(),
  flag: flagSchema.nullable().describe('the worst of all, bad and missing ones too; null: never named'),
});

const bucketSchema = z
  .strictObject({
    start: timeSchema.describe('the stretch begins here'),
    readings: z.number().int().describe('how many readings it stands for'),
    firstMeasuredAt: timeSchema,
    lastMeasuredAt: timeSchema,
    values: z.record(z.string(), cellSchema).describe('by property'),
  })
  .meta({ id: 'Bucket' });

export const thinnedSchema = z
  .strictObject({
    method: z.literal('minmax'),
    bucketSeconds: z.number().describe('every stretch is so long, and begins at a whole multiple of it'),
    buckets: z
      .array(bucketSchema)
      .readonly()
      .describe('in order of time; those without readings are left out'),
    count: z.number().int().describe('readings that all buckets stand for'),
    untimely: z
      .number()
      .int()
      .describe('readings of the range in no bucket: their time is known to be wrong (4)'),
    range: rangeSchema,
  })
  .meta({ id: 'ThinnedReadings' });
