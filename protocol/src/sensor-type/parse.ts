// A sensor type read from its YAML file, with every problem named by its path.
import { parse } from 'yaml';
import type { z } from 'zod';
import { WellheadError } from '../error.ts';
import { type SensorType, sensorTypeSchema } from './schema.ts';

/**
 * Reads the YAML text of a sensor type.
 * @throws WellheadError SENSOR_TYPE_UNREADABLE with every problem and its path
 */
export function parseSensorType(text: string, fileName: string): SensorType {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (cause) {
    throw new WellheadError(
      'SENSOR_TYPE_UNREADABLE',
      `${fileName} is not YAML: ${(cause as Error).message}`,
      { cause },
    );
  }
  const result = sensorTypeSchema.safeParse(raw);
  if (result.success) return result.data;
  throw new WellheadError(
    'SENSOR_TYPE_UNREADABLE',
    `${fileName}: ${describeIssues(result.error).join('; ')}`,
    { cause: result.error },
  );
}

/** Every problem a schema found, as `path: what is wrong`. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(
        (key) => `${[...path, key].join('.')}: there is no such key; check its spelling or remove it`,
      );
    }
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    const what = missing ? `is missing; give a ${issue.expected}` : issue.message;
    return [`${path.join('.') || '(whole file)'}: ${what}`];
  });
}
