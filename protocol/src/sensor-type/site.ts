import { parse } from 'yaml';
import { z } from 'zod';
import { WellheadError } from '../error.ts';
import { idSchema } from '../reading/names.ts';
import { describeIssues } from './parse.ts';

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
  sensors: z
    .record(idSchema, z.strictObject({ title: z.string().min(1).describe('what people see') }))
    .default({})
    .describe('titles of sensors, by name'),
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
