// The keys of every driver that reads tables, or times as their source writes them.
import { wordSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { isTimeFormat, readZone } from '../../decode/time-format.ts';

export const timeKeys = {
  timeFormat: z
    .string()
    .refine(isTimeFormat, 'year, month and day are expected, as DD.MM.YYYY HH:mm:ss')
    .optional()
    .describe(
      'how the source writes times: YYYY, YY, MM, M, DD, D, HH, H, mm, ss, SSS; left out: ISO 8601 or since 1970',
    ),
  zone: z
    .string()
    .refine((zone) => readZone(zone) !== undefined, 'an offset from UTC is expected, as "+01:00"')
    .optional()
    .describe('of times that name no zone, as `"+01:00"`; left out: UTC'),
};

export const columnSchema = z.union([z.string().min(1), z.number().int().min(1).max(1_000)]);

export const tableKeys = {
  delimiter: z.string().min(1).max(4).default(',').describe('what stands between two cells, as `";"`'),
  decimal: z.enum(['.', ',']).default('.').describe('`","` where 16,38 is a number'),
  skip: z.number().int().min(0).max(1_000).default(0).describe('lines before the table or its heading'),
};

export const timeColumnsSchema = z.union([columnSchema, z.array(columnSchema).min(1).max(2)]);
export const valueColumnsSchema = z.record(wordSchema, columnSchema);
