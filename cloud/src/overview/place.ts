// Where something stands in a list: by site, then by name.

export interface SensorName {
  readonly site: string;
  readonly sensor: string;
}

/** Where something stands in a list: by site, then by name. */
export type Place = readonly [site: string, name: string];

/** As the letters' numbers say: the order of every list. */
export function comparePlaces([siteA, a]: Place, [siteB, b]: Place): number {
  if (siteA !== siteB) return siteA < siteB ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

export function placeOfSensor({ site, sensor }: SensorName): Place {
  return [site, sensor];
}
