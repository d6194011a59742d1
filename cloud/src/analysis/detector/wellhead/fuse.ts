// From sightings of several properties to events of the sensor: one for each episode.

import type { Sighting } from './sighting/sighting.ts';
import { fusion } from './usual/parameters.ts';

/** Sightings of one kind that belong together, of one or more properties. */
export interface Episode {
  readonly isFault: boolean;
  readonly members: { readonly property: number; readonly sighting: Sighting }[];
  readonly start: number;
  end: number;
}

/**
 * What is close in time and of one kind is one episode: of one property, with a gap of up to some hours, or a day
 * for faults; of several, where they began together or while it went on.
 * @param sightings of each property, by start
 */
export function fuse(sightings: readonly (readonly Sighting[])[], interval: number): Episode[] {
  const all = sightings
    .flatMap((list, property) => {
      const failures = list.filter(isFailure);
      return list.map((sighting) => ({
        property,
        sighting,
        isFault: sighting.isFault || belongsToFailure(sighting, failures, interval),
      }));
    })
    .sort((a, b) => a.sighting.start - b.sighting.start || a.property - b.property);
  const episodes: Episode[] = [];
  const open: Episode[] = [];
  for (const member of all) {
    const { sighting, property, isFault } = member;
    const episode = open.find(
      ({ isFault: isFaulty, end, members }) =>
        isFaulty === isFault &&
        sighting.start - end <=
          (members.some((other) => other.property === property)
            ? gapOf(isFault, interval)
            : fusion.togetherMs),
    );
    if (episode !== undefined) {
      episode.members.push(member);
      episode.end = Math.max(episode.end, sighting.end);
      continue;
    }
    const begun = { isFault, members: [member], start: sighting.start, end: sighting.end };
    episodes.push(begun);
    open.unshift(begun);
    // Only the newest can still grow; older ones are too far back for anything that starts now.
    while (open.length > 8) open.pop();
  }
  return episodes;
}

/** A loose cable is one thing to mend, however often it loses contact in a day. */
function gapOf(isFault: boolean, interval: number): number {
  return isFault
    ? fusion.maxMergeMs
    : Math.min(Math.max(fusion.mergeMs, fusion.mergeIntervals * interval), fusion.maxMergeMs);
}

/** One failed reading by itself says nothing of those around it. */
function isFailure({ looker, count }: Sighting): boolean {
  return (looker === 'code' || looker === 'quality') && count >= fusion.fewestFailed;
}

/**
 * A sensor that has just failed, or been taken out and cleaned, reads otherwise, and so it does while it is being
 * lifted: that is not the water.
 */
function belongsToFailure(
  { start, end }: Sighting,
  failures: readonly Sighting[],
  interval: number,
): boolean {
  return failures.some(({ start: from, end: to }) => {
    const isAfter = from <= start && start - to <= fusion.afterFailureMs;
    const isJustBefore = end <= from && from - end <= 2 * interval && end - start <= fusion.afterFailureMs;
    return isAfter || isJustBefore;
  });
}
