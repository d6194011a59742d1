// Gathers what is known of sensors: from the store, from gateways and from files.

import type { Known } from '../../overview/describe-sensors.ts';
import type { SensorFilter } from '../../store/reading-store.ts';
import type { ApiContext } from '../http/api.ts';

/** Of all sensors, or of those that are meant: a fleet need not be counted for one of them. */
export async function whatIsKnown(
  { store, gateways, types, sites, dips, now, requests }: ApiContext,
  filter: SensorFilter = {},
): Promise<Known> {
  const summaries = await store.sensors(filter);
  return { summaries, gateways: gateways.all(), types, sites, dips, now: now(), requests };
}
