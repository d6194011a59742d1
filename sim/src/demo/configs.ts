// The two configuration files of the demo, written as a user would write them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

export const demoSite = 'demo';
export const boreholes = [
  { id: 'borehole-1', title: 'Borehole 1, sandstone', seed: 41 },
  { id: 'borehole-2', title: 'Borehole 2, river gravel', seed: 23 },
] as const;

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
