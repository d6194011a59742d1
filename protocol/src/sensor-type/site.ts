// Every key of a site’s file: its place, its sensors, maintenance, and measurements by hand.
import { parse } from 'yaml';
import { z } from 'zod';
import { WellheadError } from '../error.ts';
import { idSchema, wordSchema } from '../reading/names.ts';
import { faultSettingsSchema } from './fault-settings.ts';
import { describeIssues } from './parse.ts';

const moment = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A moment with its zone, read as milliseconds since 1970. */
const momentSchema = z
  .string()
  .refine(isMoment, 'write a moment with its zone, such as 2026-03-01T09:00Z or 2026-03-01T10:00+01:00')
  .transform((text) => Date.parse(text))
  .meta({ title: 'moment' });

function isMoment(text: string): boolean {
  const [, date] = moment.exec(text) ?? [];
  // The 30th of February would silently become the 2nd of March.
  const day = new Date(`${date}T00:00Z`);
  return (
    !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === date && !Number.isNaN(Date.parse(text))
  );
}

const maintenanceSchema = z
  .strictObject({
    from: momentSchema.describe('its first moment'),
    to: momentSchema.describe('the moment after it'),
    sensors: z.array(idSchema).min(1).optional().describe('the sensors worked at; left out: all of the site'),
    note: z.string().default('').describe('what was done, for people'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' });

const dipSchema = z.strictObject({
  sensor: idSchema.describe('the sensor beside which it was measured'),
  property: wordSchema.describe('what was measured, as water_level'),
  at: momentSchema.describe('when'),
  value: z.number().describe('what was measured by hand, in the unit of the property'),
});

const sensorSchema = z.strictObject({
  title: z.string().min(1).describe('what people see'),
  datum: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('what its levels are measured from, as “Ordnance Datum Newlyn” or “top of casing, 31.20 mAOD”'),
  faults: z
    .record(wordSchema, faultSettingsSchema)
    .optional()
    .describe('how faults are found with hindsight here, over what the sensor type says, by property'),
});

const timeZoneSchema = z
  .string()
  .max(100)
  .refine(isTimeZone, 'is no time zone known here; write its IANA name, such as Europe/London');

function isTimeZone(name: string): boolean {
  // Newer engines take offsets such as +01:00 too, which know nothing of summer.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A place with one or more gateways: one YAML file each, read by the cloud. */
export const siteSchema = z.strictObject({
  site: idSchema.describe('the name used in topics and addresses'),
  title: z.string().min(1).describe('what people see'),
  location: z
    .strictObject({
      latitude: z.number().min(-90).max(90).describe('degrees north, WGS 84'),
      longitude: z.number().min(-180).max(180).describe('degrees east, WGS 84'),
    })
    .optional(),
  timeZone: timeZoneSchema
    .optional()
    .describe('IANA name of the time its people live by, for those who look at it in the time of the site'),
  sensors: z
    .record(idSchema, sensorSchema)
    .default({})
    .describe('titles of sensors, by name, and what is particular about them'),
  maintenance: z
    .array(maintenanceSchema)
    .max(1_000)
    .optional()
    .describe('times at which people worked at sensors: what happens then is no event of the ground'),
  dips: z
    .array(dipSchema)
    .max(10_000)
    .optional()
    .describe('measurements by hand, against which the drift of a sensor is judged'),
});

export type Site = z.infer<typeof siteSchema>;

/**
 * Reads the YAML text of a site.
 * @throws WellheadError CONFIG_INVALID with every problem and its path
 */
export function parseSite(text: string, fileName: string): Site {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (cause) {
    throw new WellheadError('CONFIG_INVALID', `${fileName} is not YAML: ${(cause as Error).message}`, {
      cause,
    });
  }
  const result = siteSchema.safeParse(raw);
  if (result.success) return result.data;
  throw new WellheadError('CONFIG_INVALID', `${fileName}: ${describeIssues(result.error).join('; ')}`);
}
