// The keys of a sensor that is read by Modbus.
import { durationSchema, wordSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { pollKeys } from '../poll/config.ts';

const registerSchema = z.strictObject({
  property: wordSchema.describe('the property that gets the value'),
  address: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .describe(
      'as it goes over the line, counted from 0: register 40001 of a manual is holding 0, 30001 is input 0',
    ),
  kind: z.enum(['holding', 'input']).default('holding').describe('function 3 or 4'),
  type: z
    .enum(['int16', 'uint16', 'int32', 'uint32', 'float32', 'float64', 'int64', 'uint64'])
    .default('uint16'),
  order: z
    .enum(['ABCD', 'CDAB', 'BADC', 'DCBA'])
    .default('ABCD')
    .describe('of the bytes; CDAB has its words swapped, BADC its bytes, DCBA both'),
  scale: z.number().default(1).describe('the raw number is multiplied by this'),
  offset: z.number().default(0).describe('and then this is added'),
  missing: z.array(z.number()).default([]).describe('raw numbers that mean “no value”, as 32767'),
});

/** A sensor read by Modbus RTU or Modbus TCP. */
export const modbusSchema = z.strictObject({
  ...pollKeys,
  unit: z.number().int().min(0).max(255).default(1).describe('address of the device on its bus'),
  warmup: durationSchema
    .optional()
    .describe('a sleeping device is woken by one request, and asked for its values so long after'),
  registers: z.array(registerSchema).min(1).max(64),
});
