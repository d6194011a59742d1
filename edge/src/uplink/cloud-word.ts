// What the cloud says of readings: receipts and requests, read and sorted by sensor.
import { groupBy, type Range } from '@wellhead/protocol';
import type { z } from 'zod';

/** Whoever may publish to a gateway but sends something else must not stop the uplink: that is undefined. */
export function readCloudWord<Word>(schema: z.ZodType<Word>, payload: Uint8Array): Word | undefined {
  try {
    return schema.parse(JSON.parse(Buffer.from(payload).toString()));
  } catch {
    return undefined;
  }
}

export function rangesBySensor(
  ranges: readonly (readonly [sensor: string, from: number, to: number])[],
): Map<string, Range[]> {
  return groupBy(
    ranges,
    ([sensor]) => sensor,
    ([, from, to]): Range => [from, to],
  );
}
