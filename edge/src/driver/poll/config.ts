// The keys that every sensor has that is asked in turn: on which bus, how often, how patiently.
import { durationSchema, idSchema } from '@wellhead/protocol';
import { z } from 'zod';

const positive = durationSchema.refine((ms) => ms > 0, 'more than nothing is expected');

/** The keys of every driver that asks: where and when. */
export const pollKeys = {
  bus: idSchema.describe('one of the buses'),
  every: positive
    .optional()
    .describe('time between two readings, aligned to the clock; left out: the interval of the sensor type'),
  offset: durationSchema.prefault('0s').describe('each turn comes so long after the aligned time'),
  timeout: positive.prefault('1s').describe('an answer that takes longer is none'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(20)
    .default(2)
    .describe('asked again so often in one turn; a sensor that is lost gets one attempt a turn'),
};
