// Sites, sensors, newest readings and sensor types: what there is.
import type { FastifyInstance } from 'fastify';
import type { LatestAnswer, SensorsAnswer, SitesAnswer, TypesAnswer } from './answers.ts';
import type { ApiOptions } from './api.ts';
import { describeSensors, type Known } from './describe-sensors.ts';
import { describeSites } from './describe-sites.ts';
import { describeType } from './describe-types.ts';
import { filterParameters, givenFilter, noParameters, siteParameters } from './parameters.ts';
import { readParameters } from './problem.ts';

export function addListRoutes(server: FastifyInstance, options: ApiOptions): void {
  const iso = (time: number) => new Date(time).toISOString();

  server.get('/api/v1/sites', async (request): Promise<SitesAnswer> => {
    readParameters(noParameters, request.query);
    const known = await whatIsKnown(options);
    return { now: iso(known.now), sites: describeSites(known) };
  });

  server.get('/api/v1/sensors', async (request): Promise<SensorsAnswer> => {
    const { site } = readParameters(siteParameters, request.query);
    const known = await whatIsKnown(options);
    return { now: iso(known.now), sensors: describeSensors(known, site) };
  });

  server.get('/api/v1/latest', async (request): Promise<LatestAnswer> => {
    const filter = givenFilter(readParameters(filterParameters, request.query));
    const readings = await options.store.latest(filter);
    return { now: iso(options.now()), readings };
  });

  server.get('/api/v1/types', async (request): Promise<TypesAnswer> => {
    readParameters(noParameters, request.query);
    return { types: [...options.types.values()].map(describeType) };
  });
}

export async function whatIsKnown({ store, gateways, types, sites, now }: ApiOptions): Promise<Known> {
  return { summaries: await store.sensors(), gateways: gateways.all(), types, sites, now: now() };
}
