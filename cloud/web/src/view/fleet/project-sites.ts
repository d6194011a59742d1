// Places of sites on a small map without tiles: degrees in, parts of the drawing out.
import type { SiteAnswer } from '../../../../src/api/answer/answers.ts';

export interface Place {
  readonly site: SiteAnswer;
  readonly x: number;
  readonly y: number;
}

export interface SiteMap {
  readonly places: readonly Place[];
  /** Length of the scale bar in the drawing, and what it stands for. */
  readonly scale: { readonly length: number; readonly kilometres: number };
}

const kilometresPerDegree = 111.2;
/** A single site, or several in one field, would else fill the map with metres. */
const leastDegrees = 0.02;
const barParts = 0.3;

/**
 * An equirectangular map, true to scale at its middle latitude. Sites around the 180th meridian lie apart.
 * Undefined where no site has a location.
 */
export function projectSites(
  sites: readonly SiteAnswer[],
  { width, height, margin }: { readonly width: number; readonly height: number; readonly margin: number },
): SiteMap | undefined {
  const located = sites.filter((site) => site.location !== null);
  if (located.length === 0) return undefined;
  const latitude = extent(located.map(({ location }) => location!.latitude));
  const longitude = extent(located.map(({ location }) => location!.longitude));
  const shrink = Math.max(0.05, Math.cos((latitude.middle * Math.PI) / 180));
  const perDegree = Math.min(
    (height - 2 * margin) / Math.max(leastDegrees, latitude.size),
    (width - 2 * margin) / Math.max(leastDegrees, longitude.size * shrink),
  );
  const kilometres = roundDown((width * barParts * kilometresPerDegree) / perDegree);
  return {
    places: located.map((site) => ({
      site,
      x: width / 2 + (site.location!.longitude - longitude.middle) * shrink * perDegree,
      y: height / 2 - (site.location!.latitude - latitude.middle) * perDegree,
    })),
    scale: { length: (kilometres / kilometresPerDegree) * perDegree, kilometres },
  };
}

function extent(values: readonly number[]): { middle: number; size: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { middle: (low + high) / 2, size: high - low };
}

/** 1, 2 or 5 times a power of ten. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const first = value / power;
  return (first >= 5 ? 5 : first >= 2 ? 2 : 1) * power;
}
