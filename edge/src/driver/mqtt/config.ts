// The keys of a sensor that publishes by MQTT.
import { wordSchema } from '@wellhead/protocol';
import { z } from 'zod';

const mqttSourceSchema = z
  .strictObject({
    topic: z
      .string()
      .min(1)
      .regex(/^[^#+]+$/, 'a topic without wildcards is expected')
      .describe('topic the sensor publishes to'),
    property: wordSchema.optional().describe('the message is a plain value of this property'),
    time: z.string().optional().describe('path of the time in the JSON object, as `meta.ts`'),
    values: z
      .record(wordSchema, z.string().min(1))
      .optional()
      .describe(
        'path in the JSON object for each property, as `ph: data.ph`; left out: the names themselves',
      ),
  })
  .refine(
    (source) => source.property === undefined || (source.time === undefined && source.values === undefined),
    {
      message: 'give either property (a plain value) or time and values (a JSON object)',
    },
  );

export const mqttSchema = z.array(mqttSourceSchema).min(1);
