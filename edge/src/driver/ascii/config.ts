// The keys of a sensor that speaks in lines of text.
import { durationSchema, sizeSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { pollKeys } from '../poll/config.ts';

/** A sensor that speaks in lines of text, by itself or when it is asked. */
export const asciiSchema = z
  .strictObject({
    ...pollKeys,
    request: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('what is sent each turn, as `"R\\r"`; left out: the sensor speaks by itself'),
    frame: z
      .strictObject({
        start: z.string().min(1).max(16).optional().describe('a frame begins with this text'),
        end: z
          .string()
          .min(1)
          .max(16)
          .optional()
          .describe('a frame ends with this text; `"\\n"` unless length is set'),
        length: z.number().int().min(1).max(65_536).optional().describe('every frame has so many bytes'),
        max: sizeSchema.prefault('1kB').describe('more bytes without an end are noise'),
      })
      .refine((frame) => frame.length === undefined || frame.end === undefined, {
        message: 'give either end or length',
      })
      .prefault({}),
    checksum: z
      .enum(['none', 'nmea'])
      .default('none')
      .describe('nmea: `*hh` behind the text is the exclusive or of what stands between `$` and `*`'),
    pattern: z
      .string()
      .refine(isPattern, 'a regular expression is expected')
      .optional()
      .describe('the whole frame as a regular expression; its named groups are properties'),
    delimiter: z.string().min(1).max(8).optional().describe('what stands between two fields; `,` unless set'),
    fields: z
      .array(z.string().min(1))
      .min(1)
      .max(128)
      .optional()
      .describe('the properties in the order of the fields; `-` passes one over'),
    time: z
      .string()
      .min(1)
      .optional()
      .describe(
        'the group or field that is the time of the reading, ISO 8601 (UTC without a zone) or since 1970',
      ),
    silence: durationSchema
      .prefault('30m')
      .describe('a port that was silent for so long is opened anew (sensors that speak by themselves)'),
  })
  .refine((ascii) => (ascii.pattern === undefined) !== (ascii.fields === undefined), {
    message: 'give either pattern or fields',
  })
  .refine((ascii) => ascii.every === undefined || ascii.request !== undefined, {
    message: 'every goes with request: without one the sensor speaks when it likes',
  })
  .refine((ascii) => ascii.delimiter === undefined || ascii.fields !== undefined, {
    message: 'delimiter goes with fields',
  });

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
