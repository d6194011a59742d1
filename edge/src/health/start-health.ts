// /health and /metrics of the gateway, for whoever watches it.
import { type HealthServer, type OpenParts, openHealthServer } from '@wellhead/host';
import type { GatewayBase } from './base.ts';

/** What is said of the journal; the journal stands above this room. */
export interface JournalFacts {
  readonly journal: {
    readonly origin: string;
    readonly undelivered: number;
    sensor(id: string): { readonly last: number; readonly delivered: { readonly size: number } } | undefined;
  };
  readonly deadLetters: { readonly count: number };
  readonly housekeeping: { readonly full: boolean };
}

export interface HealthConfig {
  readonly site: string;
  readonly gateway: string;
  readonly sensors: readonly { readonly id: string }[];
  /** No port: nothing listens. */
  readonly health: { readonly host: string; readonly port?: number | undefined };
}

/** @throws WellheadError PORT_TAKEN */
export async function startHealth(
  config: HealthConfig,
  { meters }: GatewayBase,
  { journal, deadLetters, housekeeping }: JournalFacts,
  link: { readonly up: boolean },
  opened: OpenParts,
): Promise<HealthServer | undefined> {
  meters.gauge('readings_undelivered', () => journal.undelivered);
  meters.gauge('uplink_up', () => (link.up ? 1 : 0));
  meters.gauge('process_resident_memory_bytes', () => process.memoryUsage.rss());
  const { site, gateway } = config;
  const { host, port } = config.health;
  if (port === undefined) return undefined;
  const server = await openHealthServer({
    host,
    port,
    health: () => ({
      site,
      gateway,
      origin: journal.origin,
      link: link.up ? 'up' : 'down',
      undelivered: journal.undelivered,
      deadLetters: deadLetters.count,
      full: housekeeping.full,
      sensors: config.sensors.map(({ id }) => {
        const record = journal.sensor(id);
        return { sensor: id, last: record?.last ?? 0, delivered: record?.delivered.size ?? 0 };
      }),
    }),
    metrics: () => meters.text(),
  });
  return opened.add(server);
}
