// The keys of a sensor that is read by SDI-12.
import { durationSchema, wordSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { pollKeys } from '../poll/config.ts';

/** A sensor read by SDI-12 through a serial adapter, which makes the break. */
export const sdi12Schema = z.strictObject({
  ...pollKeys,
  address: z
    .string()
    .regex(/^[0-9A-Za-z]$/, 'one digit or letter is expected')
    .default('0'),
  command: z
    .string()
    .regex(/^([MC]C?[1-9]?|V)$/, 'M, C or V is expected, also MC or CC (with CRC), and M1 to M9, C1 to C9')
    .default('M')
    .describe('M: measure; C: measure while others are asked; with a second C: with CRC; V: verify'),
  values: z
    .array(z.union([wordSchema, z.literal('-')]))
    .min(1)
    .max(99)
    .describe('the properties in the order of the sensor’s answer; `-` passes one over'),
  identify: z
    .string()
    .min(1)
    .max(35)
    .optional()
    .describe(
      'must stand in the answer to `aI!` (maker, model, serial number): shows that a sensor was exchanged',
    ),
  maxWait: durationSchema
    .prefault('2m')
    .describe('a sensor that wants more time for its measurement is not waited for'),
});
