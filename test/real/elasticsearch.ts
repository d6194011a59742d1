// A real Elasticsearch node for tests: put together once, kept outside the work tree, started on free loopback ports.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type WatchedChild, watchChild } from '../harness/endings.ts';
import { freePort } from '../harness/ports.ts';
import { makeFolder, until } from '../harness/program.ts';
import { buildOnce, firstLine } from './build-once.ts';

export interface ElasticsearchNode {
  readonly url: string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** The same node again, on the same port and data. */
  restart(): Promise<void>;
  /** Processor seconds used since the last start, from the kernel. */
  cpuSeconds(): number;
  close(): Promise<void>;
}

/** Why there is no node: for the titles of the tests that are skipped then. */
export interface NoElasticsearch {
  readonly missing: string;
}

const readyWithinMs = 90_000;

/** Starts a node. Needs a JDK of version 17 or later, Maven and its repositories (once), unzip, and 700 MB of memory. */
export async function startElasticsearch(
  onEndedByItself?: (error: Error) => void,
): Promise<ElasticsearchNode | NoElasticsearch> {
  let home: string;
  try {
    home = buildOnce('elasticsearch');
  } catch (error) {
    return { missing: `Elasticsearch cannot be put together here: ${firstLine(error)}` };
  }
  const data = makeFolder('elasticsearch');
  const ports = { http: await freePort(), transport: await freePort() };
  const node = new RunningNode(home, data.path, ports, onEndedByItself);
  try {
    await node.start();
  } catch (error) {
    await node.kill();
    data.remove();
    return { missing: `Elasticsearch does not start here: ${firstLine(error)}` };
  }
  return {
    url: node.url,
    kill: () => node.kill(),
    restart: () => node.start(),
    cpuSeconds: () => node.cpuSeconds(),
    async close() {
      await node.kill();
      data.remove();
    },
  };
}

class RunningNode {
  readonly url: string;
  readonly #arguments: readonly string[];
  #child: ChildProcess | undefined;
  #watched: WatchedChild | undefined;
  readonly #onEndedByItself: ((error: Error) => void) | undefined;

  constructor(
    home: string,
    data: string,
    ports: { readonly http: number; readonly transport: number },
    onEndedByItself: ((error: Error) => void) | undefined,
  ) {
    this.url = `http://127.0.0.1:${ports.http}`;
    this.#onEndedByItself = onEndedByItself;
    this.#arguments = [
      ...[
        '-Xms512m',
        '-Xmx512m',
        '-Djava.awt.headless=true',
        '-Des.distribution.type=tar',
        '-Djna.nosys=true',
      ],
      ...['-Dio.netty.noUnsafe=true', '-Dlog4j2.disable.jmx=true', '-Djava.locale.providers=SPI,COMPAT'],
      ...['--module-path', join(home, 'lib'), '--add-modules=ALL-MODULE-PATH,jdk.net'],
      ...['-cp', join(home, 'launcher'), 'TestNode', `path.home=${home}`, `path.data=${data}`],
      ...['path.logs', 'path.repo'].map((key) => `${key}=${join(data, key)}`),
      ...['discovery.type=single-node', 'network.host=127.0.0.1', `http.port=${ports.http}`],
      ...[`transport.port=${ports.transport}`, 'cluster.routing.allocation.disk.threshold_enabled=false'],
    ];
  }

  async start(): Promise<void> {
    const child = spawn('java', this.#arguments, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said = (said + text).slice(-4_000);
      });
    }
    const watched = watchChild(child, 'Elasticsearch', () => said, this.#onEndedByItself);
    this.#watched = watched;
    const ending: { why?: string } = {};
    void watched.ended.then((how) => {
      ending.why = `it ended (${how}): ${said}`;
    });
    await until(
      'Elasticsearch to be ready',
      async () => ending.why !== undefined || (await isReady(this.url)),
      readyWithinMs,
      200,
    );
    if (ending.why !== undefined) throw new Error(ending.why);
    watched.started();
  }

  async kill(): Promise<void> {
    await this.#watched?.end('SIGKILL');
  }

  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.#child!.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`)).ok;
}
