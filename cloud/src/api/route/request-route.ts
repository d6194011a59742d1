// Asks a gateway to send again what this cloud has lost.
import { idSchema } from '@wellhead/protocol';
import { z } from 'zod';
import type { Requests } from '../../fleet/requests.ts';
import { ApiProblem } from '../http/problem.ts';
import { defineRoute, json } from '../http/route.ts';
import { findSensor } from '../request/find-sensor.ts';
import { noBridge } from '../request/require-intake.ts';

const rangeSchema = z.strictObject({
  origin: z.string().describe('the journal the readings are in'),
  from: z.number().int().describe('first seq'),
  to: z.number().int().describe('last seq'),
});

export const requestRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/requests',
  summary: 'ask the gateway for readings that are missing here',
  description:
    'For readings with the state `on request`: the gateway holds them and has a receipt for them, so it would not send them by itself. They come as backlog; until then, and for ten minutes at most, their state is `requested`.',
  role: 'operator',
  body: z
    .strictObject({
      site: idSchema.describe('name of the site'),
      sensor: idSchema.describe('name of the sensor at its site'),
    })
    .meta({ examples: [{ site: 'demo', sensor: 'borehole-1' }] }),
  answers: {
    202: json(
      'what was asked for; nothing where nothing is on request',
      z.strictObject({ requested: z.array(rangeSchema).readonly(), readings: z.number().int() }),
      { requested: [{ origin: '5f1c7e3a', from: 4001, to: 4012 }], readings: 12 },
    ),
  },
  problems: ['UNKNOWN_SENSOR', 'NO_BRIDGE', 'GATEWAY_AWAY'],
  audited: ({ body: { site, sensor } }) => `what is missing of ${site}/${sensor}`,
  async handle(context, { body: { site, sensor: name } }, { reply }) {
    const requests = requireRequests(context.requests);
    const sensor = await findSensor(context, site, name);
    const record = context.gateways.all().find((one) => one.site === site && one.gateway === sensor.gateway);
    const requested = sensor.origins.flatMap(({ origin, missing }) =>
      missing.filter(({ state }) => state === 'on request').map(({ from, to }) => ({ origin, from, to })),
    );
    if (requested.length > 0 && record?.status?.state !== 'online')
      throw new ApiProblem(
        'GATEWAY_AWAY',
        `The gateway ${sensor.gateway} is not connected. Ask again when it is back.`,
      );
    for (const origin of new Set(requested.map((range) => range.origin))) {
      const ranges = requested.filter((range) => range.origin === origin);
      requests.send(
        { site, gateway: sensor.gateway },
        name,
        origin,
        ranges.map(({ from, to }) => [from, to]),
      );
    }
    reply.code(202);
    return { requested, readings: requested.reduce((sum, { from, to }) => sum + to - from + 1, 0) };
  },
});

function requireRequests(requests: Requests | undefined): Requests {
  if (requests === undefined) throw noBridge();
  return requests;
}
