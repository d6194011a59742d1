// What the cloud says of readings: receipts and requests, read and sorted by sensor.
import type { Range } from '@wellhead/protocol';
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
  const bySensor = new Map<string, Range[]>();
  for (const [sensor, from, to] of ranges) {
    const own = bySensor.get(sensor);
    if (own === undefined) bySensor.set(sensor, [[from, to]]);
    else own.push([from, to]);
  }
  return bySensor;
}
