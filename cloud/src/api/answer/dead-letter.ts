// How messages that could not be taken are answered.
import { z } from 'zod';
import { pageShape, timeSchema } from './parts.ts';

export const deadLetterSchema = z
  .strictObject({
    id: z.string(),
    at: timeSchema.describe('when it was kept'),
    topic: z.string().describe('by which it came'),
    reason: z.string(),
    detail: z.string().describe('what is wrong with it'),
    size: z.number().int().describe('bytes of the message'),
    payload: z.string().optional().describe('the message in base64, where it was asked for'),
  })
  .meta({ id: 'DeadLetter' });

export const deadLettersSchema = z.strictObject({
  deadLetters: z.array(deadLetterSchema).readonly(),
  ...pageShape,
  total: z.number().int().describe('how many are kept'),
});
