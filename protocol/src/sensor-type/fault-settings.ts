// What it takes to find faults with hindsight: tests that need later readings, or other sensors.
import { z } from 'zod';
import { wordSchema } from '../reading/names.ts';

/** Settings of one property, all in its unit; a test without its setting is off. A site may set its own. */
export const faultSettingsSchema = z.strictObject({
  step: z
    .number()
    .positive()
    .optional()
    .describe('a change from one reading to the next by this or more is a step: sensor moved, or calibrated'),
  match: z
    .number()
    .positive()
    .optional()
    .describe(
      'two opposite steps that differ by less were the sensor moved and put back; left out: 0.67 steps',
    ),
  drift: z
    .number()
    .positive()
    .optional()
    .describe('so far the sensor may move against measurements by hand from one to the next'),
  neighbours: z
    .number()
    .positive()
    .optional()
    .describe('so many times its usual scatter it may leave the other sensors of the site'),
  partner: wordSchema
    .optional()
    .describe('a property that moves when this one does: a fast change without it is suspect'),
});

export type FaultSettings = z.infer<typeof faultSettingsSchema>;
