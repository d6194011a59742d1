// A whole Wellhead on one machine that can be killed anywhere: gateway, link and cloud, each by itself.
import { type Link, openLink } from '../../sim/src/network/link.ts';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, type Program, startProgram, until } from '../harness/program.ts';

export interface Station {
  readonly sensorUrl: string;
  readonly apiUrl: string;
  readonly kills: { gateway: number; cloud: number; link: number };
  killGateway(): Promise<void>;
  killCloud(): Promise<void>;
  cutLink(ms: number): Promise<void>;
  /** Resolves when the gateway has a receipt for everything and the store has all the log holds. */
  settled(): Promise<void>;
  readonly gateway: () => Program;
  readonly cloud: () => Program;
  close(): Promise<void>;
}

interface GatewayHealth {
  readonly undelivered: number;
  readonly link: string;
}

interface CloudHealth {
  readonly log: { readonly lag: number };
}

export async function openStation(sensors: readonly string[]): Promise<Station> {
  const folder = makeFolder('station');
  const [brokerPort, healthPort, cloudPort, httpPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const link: Link = await openLink({ listenPort: 0, targetPort: cloudPort });
  const kills = { gateway: 0, cloud: 0, link: 0 };
  const startCloud = () =>
    startProgram('cloud', folder.path, {
      data: './cloud',
      broker: { port: cloudPort },
      http: { port: httpPort },
      store: { linger: '20ms' },
    });
  const startGateway = () =>
    startProgram('edge', folder.path, {
      site: 'lancashire',
      gateway: 'gw1',
      data: './edge',
      uplink: {
        url: `mqtt://127.0.0.1:${link.port}`,
        retry: { first: '50ms', max: '500ms' },
        resendAfter: '2s',
        linger: '10ms',
      },
      broker: { port: brokerPort },
      health: { port: healthPort },
      sensors: sensors.map((id) => ({ id, type: 'groundwater' })),
    });
  let cloud = await startCloud();
  let gateway = await startGateway();
  const apiUrl = `http://127.0.0.1:${httpPort}`;

  return {
    sensorUrl: `mqtt://127.0.0.1:${brokerPort}`,
    apiUrl,
    kills,
    gateway: () => gateway,
    cloud: () => cloud,
    async killGateway() {
      kills.gateway++;
      await gateway.kill();
      gateway = await startGateway();
    },
    async killCloud() {
      kills.cloud++;
      await cloud.kill();
      cloud = await startCloud();
    },
    async cutLink(ms) {
      kills.link++;
      link.cut();
      await new Promise((resolve) => setTimeout(resolve, ms));
      link.restore();
    },
    async settled() {
      await until(
        'everything to be delivered',
        async () => {
          const health = await getJson<GatewayHealth>(`http://127.0.0.1:${healthPort}/health`);
          return health.link === 'up' && health.undelivered === 0;
        },
        60_000,
      );
      await until(
        'everything to be stored',
        async () => (await getJson<CloudHealth>(`${apiUrl}/health`)).log.lag === 0,
        60_000,
      );
    },
    async close() {
      await Promise.all([gateway.kill(), cloud.kill()]);
      await link.close();
      folder.remove();
    },
  };
}
