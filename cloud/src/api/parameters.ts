// The parameters that routes take, each checked before anything is asked of the store.
import { idSchema, wordSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { cursorParameter } from './cursor.ts';
import { eventCursorParameter } from './event-cursor.ts';
import { instantSchema } from './instant.ts';

export const defaultLimit = 1_000;
export const maxLimit = 10_000;
/** As many as a sensor type may have, and some that it had before. */
const maxProperties = 128;

const limitMessage = `give a whole number from 1 to ${maxLimit}; follow \`next\` for more`;

const limitSchema = z
  .string()
  .regex(/^\d{1,9}$/, limitMessage)
  .transform(Number)
  .pipe(z.number().min(1, limitMessage).max(maxLimit, limitMessage));

const propertiesSchema = z
  .string()
  .max(maxProperties * 50)
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .pipe(z.array(wordSchema).min(1, 'name at least one property, or leave it out for all').max(maxProperties));

export const noParameters = z.strictObject({});
export const siteParameters = z.strictObject({ site: idSchema.optional() });
export const filterParameters = z.strictObject({ site: idSchema.optional(), sensor: idSchema.optional() });

export const readingsParameters = z
  .strictObject({
    site: idSchema,
    sensor: idSchema,
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    properties: propertiesSchema.optional(),
    limit: limitSchema.optional(),
    cursor: cursorParameter.optional(),
    format: z.enum(['json', 'csv'], 'choose json or csv').optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'lies before `from`; the range holds from ≤ measuredAt < to',
  });

export type ReadingsParameters = z.output<typeof readingsParameters>;

const yesOrNo = z.enum(['true', 'false'], 'write true or false').transform((text) => text === 'true');

export const eventsParameters = z
  .strictObject({
    site: idSchema.optional(),
    sensor: idSchema.optional(),
    kind: z.enum(['process', 'fault', 'maintenance'], 'choose process, fault or maintenance').optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    open: yesOrNo.optional(),
    withdrawn: yesOrNo.optional(),
    limit: limitSchema.optional(),
    cursor: eventCursorParameter.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'lies before `from`; events are found that overlap from ≤ time < to',
  });

/** The filter without keys that were not given. */
export function givenFilter(filter: z.output<typeof filterParameters>): { site?: string; sensor?: string } {
  const { site, sensor } = filter;
  return { ...(site === undefined ? {} : { site }), ...(sensor === undefined ? {} : { sensor }) };
}
