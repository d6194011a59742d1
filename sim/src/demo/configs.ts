// The two configuration files of the demo, written as a user would write them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Fault } from '../borehole/fault.ts';
import type { BoreholeProfile } from '../borehole/profile.ts';

export const demoSite = 'demo';
interface DemoBorehole {
  readonly id: string;
  readonly title: string;
  readonly seed: number;
  readonly profile: Partial<BoreholeProfile>;
  /** Steps count from the beginning of the history. */
  readonly faults: readonly Fault[];
}

/** The channels of the chemical probe fail together: they share a cable. */
const probe = ['sec', 'ph', 'total_dissolved_gas'] as const;

/** What a visitor can find in sixty days: faults in the one, and in the other a great rain that the ground answers. */
export const boreholes = [
  {
    id: 'borehole-1',
    title: 'Borehole 1, sandstone',
    seed: 41,
    profile: {},
    faults: [
      { kind: 'dropout', from: 420, steps: 40, properties: probe },
      { kind: 'gap', from: 700, steps: 30 },
      { kind: 'missing', from: 1_000, steps: 4, properties: ['ph'] },
      { kind: 'out-of-water', from: 1_180, steps: 5 },
    ],
  },
  {
    id: 'borehole-2',
    title: 'Borehole 2, river gravel',
    seed: 185,
    profile: {
      rainMillimetres: 30,
      daysBetweenRains: 14,
      percolationDays: 0.5,
      recessionDays: 12,
      specificYield: 0.07,
    },
    faults: [{ kind: 'spike', from: 1_190, steps: 1, properties: ['water_temperature'] }],
  },
] as const satisfies readonly DemoBorehole[];

/** Waits for readings of one's own, a CSV file for instance. */
export const ownBorehole = { id: 'my-borehole', title: 'My borehole (readings of your own)' } as const;

export interface DemoPorts {
  readonly http: number;
  readonly cloudBroker: number;
  readonly link: number;
  readonly sensorBroker: number;
  readonly gatewayHealth: number;
}

export function writeConfigs(folder: string, ports: DemoPorts): { edge: string; cloud: string } {
  const files = { edge: join(folder, 'gateway.yaml'), cloud: join(folder, 'cloud.yaml') };
  mkdirSync(join(folder, 'sites'), { recursive: true });
  writeFileSync(
    files.cloud,
    stringify({
      data: './cloud',
      sites: './sites',
      broker: { port: ports.cloudBroker },
      http: { port: ports.http },
      // A visitor stays a minute, and wants to see what was found within it.
      analysis: { every: '10s' },
    }),
  );
  writeFileSync(
    join(folder, 'sites', `${demoSite}.yaml`),
    stringify({
      site: demoSite,
      title: 'Demo (simulated)',
      location: { latitude: 53.96, longitude: -2.63 },
      timeZone: 'Europe/London',
      sensors: Object.fromEntries([...boreholes, ownBorehole].map(({ id, title }) => [id, { title }])),
    }),
  );
  writeFileSync(
    files.edge,
    stringify({
      site: demoSite,
      gateway: 'gateway-1',
      data: './gateway',
      uplink: {
        url: `mqtt://127.0.0.1:${ports.link}`,
        retry: { first: '250ms', max: '2s' },
        resendAfter: '5s',
      },
      broker: { port: ports.sensorBroker },
      health: { port: ports.gatewayHealth },
      sensors: [...boreholes, ownBorehole].map(({ id, title }) => ({ id, type: 'groundwater', title })),
    }),
  );
  return files;
}
