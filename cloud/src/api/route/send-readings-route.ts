// Readings by HTTP, from programs that do not speak MQTT.
import { idSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { type JsonReading, maxReadings, readJsonReading } from '../../bridge/json-readings.ts';
import { ApiProblem } from '../http/problem.ts';
import { defineRoute, json } from '../http/route.ts';
import { requireIntake } from '../request/require-intake.ts';
import { warnUnknown } from '../request/warn-unknown.ts';

/** The gateway of readings that name none. */
const defaultGateway = 'api';
/** Where nothing could be taken, so many readings say why; the rest will be like them. */
const maxReported = 100;

const refusedSchema = z.strictObject({
  index: z.number().int().describe('its place in the list, from 0'),
  reason: z.string().describe('what is wrong with it'),
});

const bodySchema = z
  .strictObject({
    site: idSchema.describe('name of the site'),
    gateway: idSchema.optional().describe(`who speaks for the sensors; \`${defaultGateway}\` unless given`),
    readings: z
      .array(z.looseObject({}))
      .min(1, 'give at least one reading')
      .max(maxReadings, `give at most ${maxReadings} readings`)
      .describe(
        'each with `sensor`, `type`, `measuredAt` (ISO 8601 with a zone) and `values` (property: number, text, true, false or null)',
      ),
  })
  .meta({
    examples: [
      {
        site: 'demo',
        readings: [
          {
            sensor: 'rain-1',
            type: 'weather',
            measuredAt: '2026-06-01T12:00:00Z',
            values: { precipitation: 0.2 },
          },
        ],
      },
    ],
  });

export const sendReadingsRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/readings',
  summary: 'send readings',
  description:
    'Answered when they are durable in the log; in the store, and so for readers, they are a moment later. The key of a reading is site, gateway, sensor and time: the same again changes nothing, so whoever got no answer sends again.',
  role: 'operator',
  body: bodySchema,
  bodyBytes: ({ maxReadingsBytes }) => maxReadingsBytes,
  answers: {
    202: json(
      'at least one is taken; those that cannot be are named, and need not come again as they are',
      z.strictObject({
        taken: z.number().int(),
        refused: z.array(refusedSchema).readonly(),
        warnings: z
          .array(z.string())
          .readonly()
          .describe(
            'sensor types and properties that this cloud does not know; taken, but without title, unit and tests',
          ),
      }),
      {
        taken: 1,
        refused: [{ index: 1, reason: 'type: is missing' }],
        warnings: ['values.rain: weather has no such property'],
      },
    ),
  },
  problems: ['NO_BRIDGE', 'LOG_WRITE'],
  audited: ({ body: { site, gateway = defaultGateway, readings } }) =>
    `${readings.length} reading${readings.length === 1 ? '' : 's'} of ${site}, gateway ${gateway}`,
  async handle({ intake, types }, { body: { site, gateway = defaultGateway, readings } }, { reply }) {
    const bridged = requireIntake(intake);
    const taken: JsonReading[] = [];
    const refused: z.input<typeof refusedSchema>[] = [];
    for (const [index, raw] of readings.entries()) {
      const read = readJsonReading(raw);
      if ('problem' in read) refused.push({ index, reason: read.problem });
      else taken.push(read.reading);
    }
    if (taken.length === 0)
      throw new ApiProblem(
        'BAD_PARAMETER',
        'None of the readings can be taken. Mend what is listed under problems, then send them again.',
        refused
          .slice(0, maxReported)
          .map(({ index, reason }) => ({ path: `readings.${index}`, message: reason })),
      );
    await bridged.append({ site, gateway }, taken);
    reply.code(202);
    return { taken: taken.length, refused, warnings: warnUnknown(taken, types) };
  },
});
