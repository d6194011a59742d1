// Every gateway, and how it fares by its own word.
import { isoOrNull, isoTime } from '@wellhead/protocol';
import type { GatewayRecord } from '../../fleet/gateways.ts';
import { comparePlaces, type Place } from '../../overview/place.ts';
import type { GatewayAnswer } from '../answer/answers.ts';
import { gateway, now } from '../answer/examples.ts';
import { gatewaysSchema } from '../answer/gateway.ts';
import { jsonPage, nextPage } from '../http/list-answer.ts';
import { defineRoute } from '../http/route.ts';
import { pageOf } from '../request/list-page.ts';
import { sensorsParameters } from '../request/parameters.ts';

export const gatewaysRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/gateways',
  summary: 'gateways with version, clock, journal and counters',
  role: 'viewer',
  etag: true,
  query: sensorsParameters,
  answers: {
    200: jsonPage('by site and name', gatewaysSchema, {
      now,
      gateways: [gateway],
      next: null,
      truncated: false,
    }),
  },
  handle({ gateways, now: clock }, { query }, exchange) {
    const meant = gateways.all().filter(({ site }) => query.site === undefined || site === query.site);
    const sorted = meant.sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
    const { page, next } = pageOf(sorted, query, placeOf);
    return { now: isoTime(clock()), gateways: page.map(describeGateway), ...nextPage(exchange, next) };
  },
});

function placeOf({ site, gateway: name }: GatewayRecord): Place {
  return [site, name];
}

function describeGateway({
  site,
  gateway: name,
  status,
  heardAt,
  clockAheadMs,
}: GatewayRecord): GatewayAnswer {
  return {
    site,
    gateway: name,
    state: status?.state ?? 'unknown',
    heardAt: isoTime(heardAt),
    version: status?.version ?? null,
    startedAt: isoOrNull(status?.startedAt === undefined ? undefined : Date.parse(status.startedAt)),
    clock: status?.clock ?? null,
    clockAheadSeconds: clockAheadMs === undefined ? null : clockAheadMs / 1000,
    sensors: status?.sensors?.length ?? 0,
    undelivered: status?.undelivered ?? null,
    journal: status?.journal ?? null,
    origin: status?.origin ?? null,
    counters: status?.counters ?? {},
  };
}
