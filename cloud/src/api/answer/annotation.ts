// How annotations are answered.
import { z } from 'zod';
import { pageShape, timeSchema } from './parts.ts';

const withdrawalSchema = z.strictObject({ by: z.string(), at: timeSchema });

export const annotationAnswerSchema = z
  .strictObject({
    id: z.string(),
    site: z.string(),
    sensor: z.string().nullable().describe('null: about the whole site'),
    property: z.string().nullable(),
    from: timeSchema,
    to: timeSchema.nullable().describe('the moment after its last; null: `from` is a moment'),
    text: z.string(),
    author: z.string().describe('whose token wrote it'),
    at: timeSchema.describe('when it was written'),
    withdrawn: withdrawalSchema.nullable().describe('who took it back and when'),
  })
  .meta({ id: 'Annotation' });

export const annotationsSchema = z.strictObject({
  annotations: z.array(annotationAnswerSchema).readonly(),
  ...pageShape,
  count: z.number().int(),
});
