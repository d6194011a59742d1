// Gathers what is known of sensors: from the store, from gateways and from files.
import type { ApiOptions } from './api.ts';
import type { Known } from './describe-sensors.ts';

export async function whatIsKnown({ store, gateways, types, sites, now }: ApiOptions): Promise<Known> {
  return { summaries: await store.sensors(), gateways: gateways.all(), types, sites, now: now() };
}
