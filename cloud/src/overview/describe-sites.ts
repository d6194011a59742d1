// Every site that readings, gateways or site files name.
import { groupBy, isoOrNull, isoTime } from '@wellhead/protocol';
import type { SiteAnswer } from '../api/answer/answers.ts';
import type { Known } from './describe-sensors.ts';

export function describeSites({ summaries, gateways, sites }: Known): SiteAnswer[] {
  const names = new Set([
    ...sites.keys(),
    ...summaries.map(({ site }) => site),
    ...gateways.map(({ site }) => site),
  ]);
  const summariesOf = groupBy(summaries, ({ site }) => site);
  const gatewaysOf = groupBy(gateways, ({ site }) => site);
  return [...names].sort().map((site) => {
    const here = summariesOf.get(site) ?? [];
    const file = sites.get(site);
    const there = gatewaysOf.get(site) ?? [];
    const sensors = new Set([
      ...here.map(({ sensor }) => sensor),
      ...there.flatMap(({ status }) => (status?.sensors ?? []).map(({ sensor }) => sensor)),
    ]);
    return {
      site,
      title: file?.title ?? site,
      location: file?.location ?? null,
      timeZone: file?.timeZone ?? null,
      sensors: sensors.size,
      readings: here.reduce((sum, { readings }) => sum + readings, 0),
      newestMeasuredAt: isoOrNull(newest(here.map(({ lastMeasuredAt }) => lastMeasuredAt))),
      newestStoredAt: isoOrNull(newest(here.map(({ lastStoredAt }) => lastStoredAt))),
      gateways: there.map(({ gateway, status, heardAt }) => ({
        gateway,
        state: status?.state ?? 'unknown',
        heardAt: isoTime(heardAt),
        undelivered: status?.undelivered ?? null,
      })),
    };
  });
}

function newest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));
}
