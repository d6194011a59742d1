// What was measured by hand, sensor by sensor, from the site files.
import type { Site } from '@wellhead/protocol';
import type { SensorAnswer } from '../api/answer/answers.ts';

type DipAnswer = NonNullable<SensorAnswer['dips']>[number];

/** @returns the dips of a sensor, in order of time; undefined where there are none. Each site is sorted out once. */
export function dipsOf(
  sites: ReadonlyMap<string, Site>,
): (site: string, sensor: string) => readonly DipAnswer[] | undefined {
  const bySite = new Map<string, Map<string, DipAnswer[]>>();
  return (site, sensor) => {
    let bySensor = bySite.get(site);
    if (bySensor === undefined) {
      bySensor = new Map();
      for (const { sensor: of, property, at, value } of inOrder(sites.get(site)?.dips ?? [])) {
        const dip = { property, at: new Date(at).toISOString(), value };
        const own = bySensor.get(of);
        if (own === undefined) bySensor.set(of, [dip]);
        else own.push(dip);
      }
      bySite.set(site, bySensor);
    }
    return bySensor.get(sensor);
  };
}

function inOrder<Item extends { readonly at: number }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => a.at - b.at);
}
