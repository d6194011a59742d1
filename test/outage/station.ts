// A whole Wellhead on one machine that can be killed anywhere.
import { openLink } from '../../sim/src/network/link.ts';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, startProgram, until } from '../harness/program.ts';
import { type CountingInstruments, openCountingInstruments } from './counting-instruments.ts';
import { type DeclaredLoss, DeclaredLosses } from './declared-losses.ts';

export interface Station {
  readonly sensorUrl: string;
  /** Sensors that do not publish but are asked by the gateway. */
  readonly instruments: CountingInstruments;
  readonly apiUrl: string;
  /** What can be killed or cut, by name; each resolves when it is back. `random` gives numbers in [0, 1). */
  readonly disturb: Readonly<Record<string, (random: () => number) => Promise<void>>>;
  /** What its gateway gave up as lost. */
  readonly losses: DeclaredLosses;
  /** Resolves when the gateway has a receipt for everything and the store holds it. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface StationReports {
  readonly onLoss: (loss: DeclaredLoss) => void;
  /** A program ended that nobody had killed. */
  readonly onEndedByItself: (error: Error) => void;
}

interface GatewayHealth {
  readonly undelivered: number;
  readonly link: string;
  readonly sensors: readonly { readonly sensor: string; readonly last: number }[];
}

const settledWithinMs = 180_000;
export const polledSensors = ['polled-1', 'polled-2', 'polled-3'];

/** The usual one: gateway and cloud with everything embedded, and a link between them that can be cut. */
export async function openStation(
  sensors: readonly string[],
  { onLoss, onEndedByItself }: StationReports,
): Promise<Station> {
  const folder = makeFolder('station');
  const [brokerPort, healthPort, cloudPort, httpPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const instruments = await openCountingInstruments(polledSensors, folder.path);
  const link = await openLink({ listenPort: 0, targetPort: cloudPort });
  const losses = new DeclaredLosses(`http://127.0.0.1:${healthPort}`, onLoss);
  const startCloud = () =>
    startProgram(
      'cloud',
      folder.path,
      {
        data: './cloud',
        broker: { port: cloudPort },
        http: { port: httpPort },
        store: { linger: '20ms' },
      },
      { onEndedByItself },
    );
  const startGateway = () =>
    startProgram(
      'edge',
      folder.path,
      gatewayConfig(`mqtt://127.0.0.1:${link.port}`, { brokerPort, healthPort }, { sensors, instruments }),
      { onLogLine: losses.onLogLine, onEndedByItself },
    );
  let cloud = await startCloud();
  let gateway = await startGateway();
  const apiUrl = `http://127.0.0.1:${httpPort}`;

  return {
    sensorUrl: `mqtt://127.0.0.1:${brokerPort}`,
    apiUrl,
    instruments,
    losses,
    disturb: {
      async gateway() {
        await losses.beforeKill();
        await gateway.kill();
        await instruments.gatewayEnded();
        gateway = await startGateway();
      },
      async cloud() {
        await cloud.kill();
        cloud = await startCloud();
      },
      async link(random) {
        link.cut();
        await new Promise((resolve) => setTimeout(resolve, 50 + random() * 450));
        link.restore();
      },
    },
    settled: () => untilSettled(healthPort, apiUrl),
    async close() {
      await Promise.all([gateway.kill(), cloud.kill()]);
      await Promise.all([link.close(), instruments.close()]);
      folder.remove();
    },
  };
}

export function gatewayConfig(
  url: string,
  { brokerPort, healthPort }: { readonly brokerPort: number; readonly healthPort: number },
  {
    sensors,
    instruments,
  }: { readonly sensors: readonly string[]; readonly instruments: CountingInstruments },
  more: object = {},
): object {
  return {
    site: 'lancashire',
    gateway: 'gw1',
    data: './edge',
    uplink: { url, retry: { first: '50ms', max: '500ms' }, resendAfter: '2s', linger: '10ms', ...more },
    broker: { port: brokerPort },
    health: { port: healthPort },
    buses: [instruments.bus],
    sensors: [...sensors.map((id) => ({ id, type: 'groundwater' })), ...instruments.sensors],
  };
}

export async function untilSettled(healthPort: number, apiUrl: string): Promise<void> {
  const health = () => getJson<GatewayHealth>(`http://127.0.0.1:${healthPort}/health`);
  await until(
    'everything to be delivered',
    async () => {
      const { link, undelivered } = await health();
      if (link !== 'up' || undelivered > 0)
        throw new Error(`the link is ${link}, ${undelivered} readings are without a receipt`);
      return true;
    },
    settledWithinMs,
    100,
  );
  const expected = (await health()).sensors;
  await until(
    'everything to be stored',
    async () => {
      const answer = await getJson<{ sensors: { sensor: string; readings: number }[] }>(
        `${apiUrl}/api/v1/sensors`,
      );
      const held = new Map(answer.sensors.map(({ sensor, readings }) => [sensor, readings]));
      const differing = expected.filter(({ sensor, last }) => held.get(sensor) !== last);
      if (differing.length > 0)
        throw new Error(
          differing
            .map(
              ({ sensor, last }) => `of ${sensor} ${last} were kept and ${held.get(sensor) ?? 0} are stored`,
            )
            .join(', '),
        );
      return true;
    },
    settledWithinMs,
    200,
  );
}
