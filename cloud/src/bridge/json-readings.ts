// Readings as JSON from publishers that are no gateways, made a block with a key of their own.
import {
  type Block,
  blockOf,
  clockStates,
  describeIssues,
  flags,
  groupBy,
  idSchema,
  type Row,
  typeNameSchema,
  wordSchema,
} from '@wellhead/protocol';
import { z } from 'zod';

/** As many as a block can hold. */
const maxProperties = 64;

const jsonReadingSchema = z.strictObject({
  sensor: idSchema,
  type: typeNameSchema,
  measuredAt: z.iso.datetime({
    offset: true,
    error: 'write a time with its zone, such as 2026-06-01T12:00:00Z or 2026-06-01T14:00:00+02:00',
  }),
  values: z
    .record(
      wordSchema,
      z.union([z.number(), z.string(), z.boolean(), z.null()], 'give a number, text, true, false or null'),
    )
    .refine((values) => {
      const count = Object.keys(values).length;
      return count >= 1 && count <= maxProperties;
    }, `give 1 to ${maxProperties} values`),
});

/** In one message. */
export const maxReadings = 10_000;

const listSchema = z.array(jsonReadingSchema).min(1).max(maxReadings);

export type JsonReading = z.output<typeof jsonReadingSchema>;

const maxProblemsReported = 10;

type Read<Found> = Found | { readonly problem: string };

/** Reads a message with one reading or a list of them: all, or none. */
export function readJsonReadings(payload: Uint8Array): Read<{ readonly readings: readonly JsonReading[] }> {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(payload).toString());
  } catch (error) {
    return { problem: (error as Error).message };
  }
  const parsed = Array.isArray(raw) ? listSchema.safeParse(raw) : jsonReadingSchema.safeParse(raw);
  if (!parsed.success) return { problem: tell(parsed.error) };
  return { readings: Array.isArray(parsed.data) ? parsed.data : [parsed.data] };
}

/** Reads one reading that was JSON. */
export function readJsonReading(raw: unknown): Read<{ readonly reading: JsonReading }> {
  const parsed = jsonReadingSchema.safeParse(raw);
  return parsed.success ? { reading: parsed.data } : { problem: tell(parsed.error) };
}

function tell(error: z.ZodError): string {
  const problems = describeIssues(error);
  const more =
    problems.length > maxProblemsReported ? ` and ${problems.length - maxProblemsReported} more` : '';
  return problems.slice(0, maxProblemsReported).join('; ') + more;
}

/** The readings as blocks. Nobody judged them yet: every flag is 2 (not evaluated). */
export function blocksOfJson(readings: readonly JsonReading[], receivedAt: number): Block[] {
  const groups = groupBy(readings, ({ sensor, type, values }) =>
    JSON.stringify([sensor, type, Object.keys(values).sort()]),
  );
  return [...groups.values()].map((group) => blockOfGroup(group, receivedAt));
}

function blockOfGroup(group: readonly JsonReading[], receivedAt: number): Block {
  const { sensor, type, values } = group[0]!;
  const properties = Object.keys(values).sort();
  const rows = group.map((reading): Row => {
    const measuredAt = Date.parse(reading.measuredAt);
    return {
      seq: measuredAt,
      revision: 0,
      measuredAt,
      receivedAt,
      clock: clockStates.unsynchronised,
      timeFlag: flags.notEvaluated,
      timeCause: 0,
      values: properties.map((property) => reading.values[property]),
      flags: properties.map(() => flags.notEvaluated),
      causes: properties.map(() => 0),
    };
  });
  return blockOf({ sensor, type, rules: '', properties }, rows);
}
