// The same with real engines: instruments at a pseudo-terminal, Mosquitto between gateway and cloud, Kafka as the log,
// Elasticsearch as the store, and the cloud in five processes: two bridges, two indexers, one API.
import { freePort } from '../harness/ports.ts';
import { makeFolder, type Program, startProgram } from '../harness/program.ts';
import { findOrInstall } from '../real/debian.ts';
import { startElasticsearch } from '../real/elasticsearch.ts';
import { startKafka } from '../real/kafka.ts';
import { startMosquitto } from '../real/mosquitto.ts';
import { openCountingInstruments } from './counting-instruments.ts';
import { DeclaredLosses } from './declared-losses.ts';
import { gatewayConfig, polledSensors, type Station, type StationReports, untilSettled } from './station.ts';

/** Why there is no such station here. */
export interface NoStation {
  readonly missing: string;
}

const roles = {
  'bridge-1': 'bridge',
  'bridge-2': 'bridge',
  'indexer-1': 'indexer',
  'indexer-2': 'indexer',
  api: 'api',
} as const;
type Name = keyof typeof roles;

export async function openEngineStation(
  sensors: readonly string[],
  { onLoss, onEndedByItself }: StationReports,
): Promise<Station | NoStation> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  const folder = makeFolder('engines');
  closers.push(() => folder.remove());
  const mosquitto = await startMosquitto({ persistent: true, onEndedByItself });
  if (mosquitto === undefined) {
    await close();
    return { missing: 'Mosquitto cannot be had here' };
  }
  closers.push(() => mosquitto.close());
  const kafka = await startKafka(undefined, onEndedByItself);
  if ('missing' in kafka) {
    await close();
    return kafka;
  }
  closers.push(() => kafka.close());
  const elasticsearch = await startElasticsearch(onEndedByItself);
  if ('missing' in elasticsearch) {
    await close();
    return elasticsearch;
  }
  closers.push(() => elasticsearch.close());

  const [brokerPort, healthPort, httpPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const url = `mqtt://127.0.0.1:${mosquitto.port}`;
  const processes = new Map<Name, Program>();
  const start = async (name: Name) => {
    const place = `${folder.path}/${name}`;
    const program = await startProgram(
      'cloud',
      folder.path,
      {
        roles: [roles[name]],
        data: place,
        bridge: { url, name },
        log: { kind: 'kafka', brokers: [kafka.address], topic: 'readings', partitions: 4 },
        store: { kind: 'elasticsearch', nodes: [elasticsearch.url], linger: '200ms' },
        http: { port: httpPort },
      },
      { fileName: name, onEndedByItself },
    );
    processes.set(name, program);
  };
  for (const name of Object.keys(roles) as Name[]) await start(name);
  closers.push(async () => {
    await Promise.all([...processes.values()].map((program) => program.kill()));
  });
  findOrInstall('socat', ['/usr/bin/socat', '/usr/local/bin/socat']);
  const instruments = await openCountingInstruments(polledSensors, folder.path);
  closers.push(() => instruments.close());
  const losses = new DeclaredLosses(`http://127.0.0.1:${healthPort}`, onLoss);
  const startGateway = () =>
    startProgram(
      'edge',
      folder.path,
      gatewayConfig(url, { brokerPort, healthPort }, { sensors, instruments }, { mqttVersion: 5 }),
      { onLogLine: losses.onLogLine, onEndedByItself },
    );
  let gateway = await startGateway();
  closers.push(() => gateway.kill());

  const kill = (names: readonly Name[]) => async (random: () => number) => {
    const name = names[Math.floor(random() * names.length)]!;
    await processes.get(name)!.kill();
    await start(name);
  };
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
      bridge: kill(['bridge-1', 'bridge-2']),
      indexer: kill(['indexer-1', 'indexer-2']),
      mosquitto: () => mosquitto.restart(),
      async kafka() {
        await kafka.kill();
        await kafka.restart();
      },
      async elasticsearch() {
        await elasticsearch.kill();
        await elasticsearch.restart();
      },
    },
    settled: () => untilSettled(healthPort, apiUrl),
    close,
  };
}
