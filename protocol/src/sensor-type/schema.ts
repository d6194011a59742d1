// Every key of a sensor type: what it measures, in which unit, and how its values are judged.
import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { typeNameSchema, wordSchema } from '../reading/names.ts';
import { faultSettingsSchema } from './fault-settings.ts';

const rangeSchema = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, 'the first number is the lower bound, the second the upper');

const limitsSchema = z
  .strictObject({
    suspect: z.number().positive().optional().describe('above this the value is suspect (3)'),
    bad: z.number().positive().optional().describe('above this the value is bad (4)'),
  })
  .refine(
    (limits) => limits.suspect === undefined || limits.bad === undefined || limits.suspect <= limits.bad,
    {
      message: 'suspect must not be above bad',
    },
  );

const attenuatedSchema = z.strictObject({
  window: durationSchema.describe('the time up to each value over which its variation is taken'),
  check: z
    .enum(['std', 'range'])
    .default('std')
    .describe('what variation is: standard deviation, or highest minus lowest'),
  suspect: z.number().positive().optional().describe('variation below this is suspect (3)'),
  bad: z.number().positive().optional().describe('variation below this is bad (4)'),
});

const outOfWaterSchema = z
  .strictObject({
    elevation: z
      .number()
      .optional()
      .describe('of a water level: where the sonde hangs, by the same datum; at it, the sonde is in the air'),
    margin: z
      .number()
      .nonnegative()
      .default(0.05)
      .describe('so far above its elevation the sonde still counts as in the air'),
    below: z
      .number()
      .positive()
      .optional()
      .describe('of a conductivity: at or below this the sonde is in the air, while others go on measuring'),
    share: z
      .number()
      .positive()
      .max(0.5)
      .optional()
      .describe('the same as a share of what the conductivity usually is, learnt from its good values'),
  })
  .refine(
    ({ elevation, below, share }) => elevation !== undefined || below !== undefined || share !== undefined,
    'give elevation (of a water level), or below or share (of a conductivity)',
  );

/** What quality tests need to know of one property; a site may set its own over the type's. */
export const qualitySettingsSchema = z.strictObject({
  instrumentRange: rangeSchema
    .optional()
    .describe('what the instrument can measure; outside is bad (4), bounds are inside'),
  siteRange: rangeSchema
    .optional()
    .describe('what is plausible at the site; outside is suspect (3), bounds are inside'),
  spike: limitsSchema
    .optional()
    .describe('largest plausible departure of one value from its neighbours, in the unit of the property'),
  rateOfChange: limitsSchema
    .optional()
    .describe('largest plausible change, in the unit of the property per hour'),
  flatLine: z
    .strictObject({
      suspect: durationSchema.optional().describe('no change for this long is suspect (3)'),
      bad: durationSchema.optional().describe('no change for this long is bad (4)'),
      tolerance: z.number().nonnegative().describe('changes below this count as none'),
    })
    .optional(),
  attenuated: attenuatedSchema.optional(),
  outOfWater: outOfWaterSchema.optional(),
});

export type QualitySettings = z.infer<typeof qualitySettingsSchema>;

export const propertySchema = qualitySettingsSchema.extend({
  name: wordSchema.describe('the name of the property in readings, columns and addresses'),
  title: z.string().min(1).describe('what people see'),
  unit: z.string().describe('unit of measurement as people write it; empty for a pure number'),
  kind: z
    .enum(['number', 'text', 'boolean'])
    .optional()
    .describe('what the sensor says for it; a number unless set. Another kind of value is bad (4)'),
  definition: z.url().optional().describe('address of the definition of the observed property'),
  resolution: z.number().positive().optional().describe('smallest step the instrument shows'),
  submerged: z
    .boolean()
    .optional()
    .describe('false: not measured in the water (battery, air pressure), so it stays good out of the water'),
  faults: faultSettingsSchema.optional(),
  missing: z
    .array(z.union([z.string(), z.number()]))
    .default([])
    .describe('what the instrument says when it has no value: flagged missing (9)'),
  detection: z
    .strictObject({
      enabled: z.boolean().default(true).describe('false: no events are looked for in this property'),
    })
    .optional(),
  dropout: z
    .array(z.number())
    .default([])
    .describe(
      'values that cannot be and stand for a failed measurement, as 0 where 0 cannot be: flagged bad (4)',
    ),
});

export type Property = z.infer<typeof propertySchema>;

const propertyNamesSchema = z.object({ properties: z.array(z.object({ name: z.string() })) });

/** One kind of sensor: `protocol/sensor-types/<type>.yaml`. */
export const sensorTypeSchema = z
  .strictObject({
    type: typeNameSchema.describe('the name of the type, the same as the name of its file'),
    title: z.string().min(1).describe('what people see'),
    version: z
      .number()
      .int()
      .positive()
      .describe('raise it when a rule changes; it is kept beside every flag'),
    interval: durationSchema.describe('the usual time between two readings'),
    time: z
      .strictObject({
        future: durationSchema
          .prefault('5m')
          .describe('a reading this far after its receipt is from the future (4)'),
        gapSteps: z
          .number()
          .min(1)
          .default(2)
          .describe('more than this many intervals without a reading are a gap'),
      })
      .prefault({}),
    detection: z
      .strictObject({
        enabled: z.boolean().default(true).describe('false: no events are looked for in these sensors'),
        alarmsPerYear: z
          .number()
          .positive()
          .max(365)
          .optional()
          .describe('false alarms a year that are acceptable for each property; left out: the cloud’s'),
      })
      .optional(),
    loggerDropout: z
      .number()
      .int()
      .min(2)
      .default(2)
      .describe(
        'dropouts and missing codes in so many properties of one reading are the logger’s, not a sensor’s',
      ),
    properties: z.array(propertySchema).min(1).max(64),
  })
  .refine(({ properties }) => new Set(properties.map(({ name }) => name)).size === properties.length, {
    message: 'two properties have the same name',
    path: ['properties'],
    // Also when other keys are wrong, so that all problems of a file are told at once.
    when: ({ value }) => propertyNamesSchema.safeParse(value).success,
  })
  .refine(({ properties }) => properties.every((property) => hasPartner(property, properties)), {
    message: 'a partner must be another property of the type',
    path: ['properties'],
  });

function hasPartner({ name, faults }: Property, properties: readonly Property[]): boolean {
  const partner = faults?.partner;
  return partner === undefined || properties.some((other) => other.name === partner && partner !== name);
}

export type SensorType = z.infer<typeof sensorTypeSchema>;
