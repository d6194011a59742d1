// What the process says of itself.
import { z } from 'zod';

export const healthSchema = z
  .looseObject({
    status: z.literal('up'),
    version: z.string(),
  })
  .meta({ id: 'Health' });
