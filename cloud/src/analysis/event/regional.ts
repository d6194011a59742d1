// Where most sensors of a site move at the same time, it was the region and not each of them.
import { hourMs } from '@wellhead/protocol';
import type { EventKind } from '../../event/event.ts';

export interface RegionalSettings {
  /** Fewest sensors, and smallest share of those that measure the property. */
  readonly fewest: number;
  readonly share: number;
  /** Events belong together that start so close to the first of them, ms. */
  readonly within: number;
}

export const regionalSettings: RegionalSettings = { fewest: 3, share: 0.6, within: 6 * hourMs };

/** An event of one sensor, as far as it matters here. */
export interface Member {
  readonly id: string;
  readonly sensor: string;
  readonly kind: EventKind;
  readonly properties: readonly string[];
  readonly start: number;
}

export interface Region<Event extends Member> {
  readonly property: string;
  /** By start; from each sensor its first, and those after it within the time. */
  readonly members: readonly Event[];
}

/**
 * The regional events among the process events of a site. Each event is in one region at most: the one with the most
 * sensors, and of equal ones the earliest.
 * @param measuring how many sensors of the site measured a property at a time
 */
export function findRegions<Event extends Member>(
  events: readonly Event[],
  measuring: (property: string, time: number) => number,
  { fewest, share, within }: RegionalSettings = regionalSettings,
): Region<Event>[] {
  const processes = events.filter(({ kind }) => kind === 'process').sort(byStart);
  const names = [...new Set(processes.flatMap(({ properties }) => properties))].sort();
  const candidates = names.flatMap((property) => {
    const own = processes.filter(({ properties }) => properties.includes(property));
    return own.flatMap((first, i) => {
      const members = own.slice(i).filter(({ start }) => start <= first.start + within);
      const sensors = sensorsOf(members);
      const enough = Math.max(fewest, share * measuring(property, first.start));
      return sensors >= enough ? [{ property, members, sensors }] : [];
    });
  });
  candidates.sort((a, b) => b.sensors - a.sensors || byStart(a.members[0]!, b.members[0]!));
  const taken = new Set<string>();
  const regions: Region<Event>[] = [];
  for (const { property, members } of candidates) {
    if (members.some(({ id }) => taken.has(id))) continue;
    for (const { id } of members) taken.add(id);
    regions.push({ property, members });
  }
  return regions.sort((a, b) => byStart(a.members[0]!, b.members[0]!));
}

function sensorsOf(members: readonly Member[]): number {
  return new Set(members.map(({ sensor }) => sensor)).size;
}

/** Whatever order they come in, the same order. */
function byStart(a: Member, b: Member): number {
  return a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
