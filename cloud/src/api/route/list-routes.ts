// Sites, sensors, newest readings and sensor types: what there is.
import { isoTime } from '@wellhead/protocol';
import { describeSensors, sensorNames } from '../../overview/describe-sensors.ts';
import { describeSites } from '../../overview/describe-sites.ts';
import { describeType } from '../../overview/describe-types.ts';
import { placeOfSensor } from '../../overview/place.ts';
import { now, reading, sensor, site } from '../answer/examples.ts';
import { latestSchema } from '../answer/reading.ts';
import { sensorsSchema, sitesSchema } from '../answer/sensor.ts';
import { typesSchema } from '../answer/sensor-type.ts';
import { jsonPage, nextPage } from '../http/list-answer.ts';
import { defineRoute, json } from '../http/route.ts';
import { given } from '../request/given.ts';
import { whatIsKnown } from '../request/known.ts';
import { pageOf } from '../request/list-page.ts';
import { latestParameters, noParameters, sensorsParameters } from '../request/parameters.ts';

export const sitesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/sites',
  summary: 'sites with title, place and counts',
  role: 'viewer',
  etag: true,
  query: noParameters,
  answers: {
    200: json('every site that readings, gateways or site files name', sitesSchema, { now, sites: [site] }),
  },
  async handle(context) {
    const known = await whatIsKnown(context);
    return { now: isoTime(known.now), sites: describeSites(known) };
  },
});

export const sensorsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/sensors',
  summary: 'sensors with properties, units, freshness, and what is missing',
  role: 'viewer',
  etag: true,
  query: sensorsParameters,
  answers: {
    200: jsonPage('by site and name', sensorsSchema, {
      now,
      sensors: [sensor],
      next: null,
      truncated: false,
    }),
  },
  async handle(context, { query }, exchange) {
    const known = await whatIsKnown(context, given({ site: query.site }));
    const { page, next } = pageOf(sensorNames(known, query.site), query, placeOfSensor);
    return { now: isoTime(known.now), sensors: describeSensors(known, page), ...nextPage(exchange, next) };
  },
});

export const latestRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/latest',
  summary: 'the newest reading of each sensor',
  role: 'viewer',
  etag: true,
  query: latestParameters,
  answers: {
    200: jsonPage('one reading a sensor, by site and name', latestSchema, {
      now,
      readings: [reading],
      next: null,
      truncated: false,
    }),
  },
  async handle({ store, now: clock }, { query }, exchange) {
    const readings = await store.latest(given({ site: query.site, sensor: query.sensor }));
    const { page, next } = pageOf(readings, query, placeOfSensor);
    return { now: isoTime(clock()), readings: page, ...nextPage(exchange, next) };
  },
});

export const typesRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/types',
  summary: 'sensor types',
  role: 'viewer',
  etag: true,
  query: noParameters,
  answers: { 200: json('with units and the rules of quality control', typesSchema) },
  handle: ({ types }) => ({ types: [...types.values()].map(describeType) }),
});
