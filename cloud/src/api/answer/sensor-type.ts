// How sensor types are answered: lengths of time in seconds, as JSON has no durations.
import { z } from 'zod';

const rangeOf = z.tuple([z.number(), z.number()]).readonly();
const limitsSchema = z.strictObject({
  suspect: z.number().optional(),
  bad: z.number().optional(),
});

/** Loose: quality rules that are new in sensor types come through before anybody describes them here. */
export const typePropertySchema = z
  .looseObject({
    name: z.string(),
    title: z.string(),
    unit: z.string(),
    kind: z.enum(['number', 'text', 'boolean']).optional(),
    definition: z.string().optional(),
    resolution: z.number().optional(),
    missing: z.array(z.union([z.string(), z.number()])).readonly(),
    dropout: z.array(z.number()).readonly(),
    detection: z.strictObject({ enabled: z.boolean() }).optional(),
    instrumentRange: rangeOf.optional(),
    siteRange: rangeOf.optional(),
    spike: limitsSchema.optional(),
    rateOfChange: limitsSchema.optional().describe('per hour'),
    flatLine: z.exactOptional(
      z.strictObject({
        suspectSeconds: z.exactOptional(z.number()),
        badSeconds: z.exactOptional(z.number()),
        tolerance: z.number(),
      }),
    ),
  })
  .meta({ id: 'TypeProperty' });

export const typeAnswerSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    version: z.number(),
    intervalSeconds: z.number(),
    gapSteps: z.number(),
    futureSeconds: z.number(),
    properties: z.array(typePropertySchema).readonly(),
  })
  .meta({ id: 'SensorType' });

export const typesSchema = z.strictObject({ types: z.array(typeAnswerSchema).readonly() });
