// A real Kafka broker for tests: put together once, kept outside the work tree, started on free loopback ports.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { type WatchedChild, watchChild } from '../harness/endings.ts';
import { freePort } from '../harness/ports.ts';
import { makeFolder, until } from '../harness/program.ts';
import { buildOnce, firstLine } from './build-once.ts';

export interface KafkaBroker {
  readonly address: string;
  /** A second listener: clients that come by it are told to come to `proxyPort`, where a test may stand between. */
  readonly proxied: { readonly port: number; readonly proxyPort: number };
  /** Where clients come by TLS and with a login; nobody listens there unless it was started with one. */
  readonly secured: string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** The same broker again, on the same ports and data. */
  restart(): Promise<void>;
  /** Stops the process where it is, as a long pause of the machine does; `thaw` lets it go on. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** Why there is no broker: for the titles of the tests that are skipped then. */
export interface NoKafka {
  readonly missing: string;
}

const readyWithinMs = 60_000;

/** What its third listener asks for: TLS with this certificate, and a login by SASL SCRAM-SHA-256. */
export interface KafkaLogin {
  /** Key and certificate in one PEM file. */
  readonly pemFile: string;
  readonly username: string;
  readonly password: string;
}

/** Starts a broker. Needs a JDK of version 17 or later, Maven and its repositories (once), and 400 MB of memory. */
export async function startKafka(
  login?: KafkaLogin,
  onEndedByItself?: (error: Error) => void,
): Promise<KafkaBroker | NoKafka> {
  let home: string;
  try {
    home = buildOnce('kafka');
  } catch (error) {
    return { missing: `Kafka cannot be put together here: ${firstLine(error)}` };
  }
  const data = makeFolder('kafka');
  const [port, controller, second, proxyPort, secure] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const ports = { port, controller, second, proxyPort, secure };
  const broker = new RunningBroker(home, data.path, ports, { login, onEndedByItself });
  try {
    broker.format(login);
    await broker.start();
  } catch (error) {
    await broker.kill();
    data.remove();
    return { missing: `Kafka does not start here: ${firstLine(error)}` };
  }
  return {
    address: `127.0.0.1:${port}`,
    proxied: { port: second, proxyPort },
    secured: `127.0.0.1:${secure}`,
    kill: () => broker.kill(),
    restart: () => broker.start(),
    freeze: () => broker.signal('SIGSTOP'),
    thaw: () => broker.signal('SIGCONT'),
    async close() {
      await broker.kill();
      data.remove();
    },
  };
}

interface Ports {
  readonly port: number;
  readonly controller: number;
  readonly second: number;
  readonly proxyPort: number;
  readonly secure: number;
}

/** One process that is broker and controller; everything is kept once, as there is only one. */
function settings(
  { port, controller, second, proxyPort, secure }: Ports,
  data: string,
  login: KafkaLogin | undefined,
): string {
  const more = (text: string) => (login === undefined ? '' : text);
  const internal = ['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'];
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=DIRECT://127.0.0.1:${port},PROXIED://127.0.0.1:${second},CONTROLLER://127.0.0.1:${controller}${more(`,SECURED://127.0.0.1:${secure}`)}`,
    `advertised.listeners=DIRECT://127.0.0.1:${port},PROXIED://127.0.0.1:${proxyPort}${more(`,SECURED://127.0.0.1:${secure}`)}`,
    `listener.security.protocol.map=DIRECT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT${more(',SECURED:SASL_SSL')}`,
    ...(login === undefined
      ? []
      : [
          'sasl.enabled.mechanisms=SCRAM-SHA-256',
          'listener.name.secured.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;',
          'ssl.keystore.type=PEM',
          `ssl.keystore.location=${login.pemFile}`,
        ]),
    'inter.broker.listener.name=DIRECT',
    'controller.listener.names=CONTROLLER',
    `log.dirs=${join(data, 'logs')}`,
    'auto.create.topics.enable=false',
    ...internal.flatMap((name) => [`${name}.num.partitions=5`, `${name}.replication.factor=1`]),
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    'broker.heartbeat.interval.ms=500',
    'broker.session.timeout.ms=2000',
  ].join('\n');
}

class RunningBroker {
  readonly #file: string;
  readonly #java: readonly string[];
  readonly #ports: Ports;
  readonly #onEndedByItself: ((error: Error) => void) | undefined;
  #child: ChildProcess | undefined;
  #watched: WatchedChild | undefined;

  constructor(
    home: string,
    data: string,
    ports: Ports,
    {
      login,
      onEndedByItself,
    }: {
      readonly login: KafkaLogin | undefined;
      readonly onEndedByItself: ((error: Error) => void) | undefined;
    },
  ) {
    this.#onEndedByItself = onEndedByItself;
    this.#ports = ports;
    this.#file = join(data, 'server.properties');
    this.#java = [
      ...['-Xms128m', '-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Djava.awt.headless=true'],
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      ...['-cp', `${home}/lib/*`],
    ];
    writeFileSync(this.#file, settings(ports, data, login));
  }

  format(login: KafkaLogin | undefined): void {
    const cluster = 'd2VsbGhlYWQtdGVzdC0wMQ';
    const user = login && `SCRAM-SHA-256=[name=${login.username},password=${login.password}]`;
    const tool = ['kafka.tools.StorageTool', 'format', '-t', cluster, '-c', this.#file];
    if (user !== undefined) tool.push('--add-scram', user);
    execFileSync('java', [...this.#java, ...tool], { stdio: ['ignore', 'ignore', 'pipe'] });
  }

  async start(): Promise<void> {
    const child = spawn('java', [...this.#java, 'kafka.Kafka', this.#file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    let said = '';
    child.stderr.on('data', (text) => {
      said = (said + text).slice(-4_000);
    });
    const watched = watchChild(child, 'Kafka', () => said, this.#onEndedByItself);
    this.#watched = watched;
    const ending: { why?: string } = {};
    void watched.ended.then((how) => {
      ending.why = `it ended (${how}): ${said}`;
    });
    await until(
      'Kafka to be ready',
      async () => ending.why !== undefined || (await isReady(this.#ports.port)),
      readyWithinMs,
      200,
    );
    if (ending.why !== undefined) throw new Error(ending.why);
    watched.started();
  }

  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name);
  }

  async kill(): Promise<void> {
    await this.#watched?.end('SIGKILL');
  }
}

/** The port opens before the broker answers, so a client asks it for its topics. */
async function isReady(port: number): Promise<boolean> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
  const kafka = new Kafka({
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    requestTimeout: 2_000,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.listTopics();
    return true;
  } finally {
    await admin.disconnect();
  }
}
