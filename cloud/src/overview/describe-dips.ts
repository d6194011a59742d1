// What was measured by hand, sensor by sensor, from the site files.
import { groupBy, isoTime, type Site } from '@wellhead/protocol';
import type { SensorAnswer } from '../api/answer/answers.ts';

type DipAnswer = NonNullable<SensorAnswer['dips']>[number];

/** The dips of a sensor, in order of time; undefined where there are none. */
export type DipsOf = (site: string, sensor: string) => readonly DipAnswer[] | undefined;

/** Sorts the dips of all sites out, once for all who ask. */
export function dipsOf(sites: ReadonlyMap<string, Site>): DipsOf {
  const bySite = new Map([...sites].map(([name, { dips = [] }]) => [name, sortOut(dips)]));
  return (site, sensor) => bySite.get(site)?.get(sensor);
}

function sortOut(dips: NonNullable<Site['dips']>): ReadonlyMap<string, readonly DipAnswer[]> {
  return groupBy(
    dips.toSorted((a, b) => a.at - b.at),
    ({ sensor }) => sensor,
    ({ property, at, value }) => ({ property, at: isoTime(at), value }),
  );
}
