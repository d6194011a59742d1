// The parameters that routes take, each checked before anything is asked of the store.
import { idSchema, wordSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { eventKinds } from '../../event/event.ts';
import { placeCursor, readingCursor, startCursor } from './cursor.ts';
import { instantSchema } from './instant.ts';
import { isInOrder, liesBefore } from './range.ts';

export const defaultLimit = 1_000;
export const maxLimit = 10_000;
export const defaultPoints = 2_000;
/** As many as a sensor type may have, and some that it had before. */
const maxProperties = 128;

const limitMessage = `give a whole number from 1 to ${maxLimit}; follow \`next\` for more`;

const pointsMessage = `give a whole number from 10 to ${maxLimit}`;

const pointsSchema = z
  .string()
  .describe(`with thin: at most so many points, two for each bucket; ${defaultPoints} unless given`)
  .regex(/^\d{1,9}$/, pointsMessage)
  .transform(Number)
  .pipe(z.number().min(10, pointsMessage).max(maxLimit, pointsMessage));

const siteSchema = idSchema.meta({ description: 'name of the site', examples: ['demo'] });
const sensorSchema = idSchema.meta({
  description: 'name of the sensor at its site',
  examples: ['borehole-1'],
});

const limitSchema = z
  .string()
  .describe(`at most so many in one answer, 1 to ${maxLimit}; \`next\` leads on`)
  .regex(/^\d{1,9}$/, limitMessage)
  .transform(Number)
  .pipe(z.number().min(1, limitMessage).max(maxLimit, limitMessage));

const fromSchema = instantSchema('first moment; a date is its first moment, no zone means UTC', '2017-02-01');
const toSchema = instantSchema(
  'the moment after the last: `to` itself does not belong to it',
  '2017-03-01T12:00Z',
);

const asOfSchema = instantSchema(
  'only readings that were stored at this moment or before: what was known then. Of a reading only the newest revision is kept, so one that was corrected after this moment is left out',
  '2017-03-02T09:00Z',
);

const propertiesSchema = z
  .string()
  .describe('names of properties, with commas between; left out: all')
  .regex(/^[a-z0-9_,]+$/, 'names have lower-case letters, digits and "_", with commas between them')
  .max(maxProperties * 50)
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .pipe(z.array(wordSchema).min(1, 'name at least one property, or leave it out for all').max(maxProperties));

export const noParameters = z.strictObject({});
export const filterParameters = z.strictObject({
  site: siteSchema.optional(),
  sensor: sensorSchema.optional(),
});

export const readingsParameters = z
  .strictObject({
    site: siteSchema,
    sensor: sensorSchema,
    from: fromSchema.optional(),
    to: toSchema.optional(),
    asOf: asOfSchema.optional(),
    properties: propertiesSchema.optional(),
    limit: limitSchema.optional(),
    cursor: readingCursor.parameter.optional(),
    thin: z
      .enum(['minmax'], 'choose minmax, or leave it out')
      .describe('minmax: lowest and highest value of each stretch of time')
      .optional(),
    points: pointsSchema.optional(),
    format: z
      .enum(['json', 'csv'], 'choose json or csv')
      .describe('left out: as the header Accept says')
      .optional(),
  })
  .refine(isInOrder, liesBefore('; the range holds from ≤ measuredAt < to'))
  .refine(({ thin, points }) => points === undefined || thin !== undefined, {
    path: ['points'],
    message: 'goes with `thin=minmax`; use `limit` for pages of readings',
  })
  .refine(({ thin, limit, cursor }) => thin === undefined || (limit === undefined && cursor === undefined), {
    path: ['thin'],
    message: 'gives the whole range at once: use `points`, without `limit` and `cursor`',
  })
  .refine(({ thin, format }) => thin === undefined || format !== 'csv', {
    path: ['format'],
    message: 'is json where readings are thinned',
  });

export type ReadingsParameters = z.output<typeof readingsParameters>;

export const exportParameters = z
  .strictObject({
    site: siteSchema,
    sensor: sensorSchema
      .optional()
      .describe('name of the sensor at its site; left out: all of the site, one after another'),
    from: fromSchema.optional(),
    to: toSchema.optional(),
    asOf: asOfSchema.optional(),
    properties: propertiesSchema.optional(),
    format: z
      .enum(['csv', 'ndjson', 'parquet', 'arrow'], 'choose csv, ndjson, parquet or arrow')
      .describe('csv unless given')
      .optional(),
  })
  .refine(isInOrder, liesBefore('; the range holds from ≤ measuredAt < to'));

export type ExportParameters = z.output<typeof exportParameters>;

const yesOrNo = (description: string) =>
  z
    .enum(['true', 'false'], 'write true or false')
    .describe(description)
    .transform((text) => text === 'true');

export const eventsParameters = z
  .strictObject({
    site: siteSchema.optional(),
    sensor: sensorSchema.optional(),
    kind: z
      .enum(eventKinds, 'choose process, fault or maintenance')
      .describe('what happened: to the ground, to the instrument, or on purpose')
      .optional(),
    from: fromSchema.optional(),
    to: toSchema.optional(),
    open: yesOrNo('true: only those that go on; false: only those that ended').optional(),
    withdrawn: yesOrNo('true: also those that newer data took back').optional(),
    limit: limitSchema.optional(),
    cursor: startCursor.parameter.optional(),
  })
  .refine(isInOrder, liesBefore('; events are found that overlap from ≤ time < to'));

export const annotationsParameters = z
  .strictObject({
    site: siteSchema,
    sensor: sensorSchema
      .describe('those about this sensor, and those about the whole site; left out: all of the site')
      .optional(),
    from: fromSchema.optional(),
    to: toSchema.optional(),
    withdrawn: yesOrNo('true: also those that somebody took back').optional(),
    limit: limitSchema.optional(),
    cursor: startCursor.parameter.optional(),
  })
  .refine(isInOrder, liesBefore('; annotations are found that overlap from ≤ time < to'));

const pageShape = { limit: limitSchema.optional(), cursor: placeCursor.parameter.optional() };
/** Of sensors and of gateways. */
export const sensorsParameters = z.strictObject({ site: siteSchema.optional(), ...pageShape });
export const latestParameters = filterParameters.extend(pageShape);
