// A document of Elasticsearch as the reading that it holds.
import { type clockStates, type Flag, isoTime, type Value } from '@wellhead/protocol';
import { z } from 'zod';
import type { StoredReading } from '../../reading-store.ts';
import { propertyOf } from './field-name.ts';
import { fromRaw, type RawValue } from './raw-value.ts';

const rawSchema: z.ZodType<RawValue> = z.union([
  z.string(),
  z.boolean(),
  z.null(),
  z.strictObject({ number: z.string() }),
  z.strictObject({ utf16: z.string() }),
]);

/** A reading's document as it comes back. Others may write into the index too, so it is read through a schema. */
export const documentSchema = z.object({
  series: z.string(),
  site: z.string(),
  sensor: z.string(),
  gateway: z.string(),
  type: z.string(),
  origin: z.string(),
  seq: z.number(),
  revision: z.number(),
  measuredAtMs: z.number(),
  receivedAt: z.number(),
  storedAt: z.number(),
  exact: z.object({ receivedAt: z.number(), storedAt: z.number() }).optional(),
  historical: z.boolean(),
  clock: z.enum(['unsynchronised', 'synchronised', 'corrected'] satisfies (keyof typeof clockStates)[]),
  timeFlag: z.number(),
  timeCause: z.string().optional(),
  values: z.record(z.string(), z.number()),
  flags: z.record(z.string(), z.number()),
  causes: z.record(z.string(), z.string()).default({}),
  raw: z.record(z.string(), rawSchema).default({}),
});

export type ReadingDocument = z.infer<typeof documentSchema>;

/** The reading of a document; with `wanted`, only these of its properties. */
export function storedReadingOf(document: ReadingDocument, wanted?: ReadonlySet<string>): StoredReading {
  const values: Record<string, Value> = {};
  const flags: Record<string, Flag> = {};
  const causes: Record<string, string> = {};
  const add = (field: string, value: Value) => {
    const property = propertyOf(field);
    if (wanted !== undefined && !wanted.has(property)) return;
    values[property] = value;
    flags[property] = document.flags[field] as Flag;
    const cause = document.causes[field];
    if (cause !== undefined) causes[property] = cause;
  };
  for (const [field, value] of Object.entries(document.values)) add(field, value);
  for (const [field, raw] of Object.entries(document.raw)) add(field, fromRaw(raw));
  const timeFlag = document.timeFlag as Flag;
  const { timeCause, exact } = document;
  return {
    site: document.site,
    sensor: document.sensor,
    type: document.type,
    gateway: document.gateway,
    origin: document.origin,
    seq: document.seq,
    revision: document.revision,
    measuredAt: isoTime(document.measuredAtMs),
    receivedAt: isoTime(exact?.receivedAt ?? document.receivedAt),
    storedAt: isoTime(exact?.storedAt ?? document.storedAt),
    historical: document.historical,
    clock: document.clock,
    time: timeCause === undefined ? { flag: timeFlag } : { flag: timeFlag, cause: timeCause },
    values,
    flags,
    causes,
  };
}
