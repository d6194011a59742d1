// Telegraf, which people use to bring MQTT into Elasticsearch: the peer of the bridge in the bench.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from '../harness/program.ts';
import { buildOnce } from './build-once.ts';

interface Options {
  readonly brokerPort: number;
  readonly elasticsearchUrl: string;
  readonly index: string;
}

export interface Telegraf {
  /** Processor seconds used so far, from the kernel. */
  cpuSeconds(): number;
  close(): Promise<void>;
}

/**
 * Starts it between a broker and a node: JSON messages of `peer/+/telemetry` with `ts` in milliseconds become documents
 * of `index`. As durable as it can be: a persistent session, and messages acknowledged when they are written.
 * Undefined where it cannot be built.
 */
export async function startTelegraf(options: Options): Promise<Telegraf | undefined> {
  let home: string;
  try {
    home = buildOnce('telegraf');
  } catch {
    return undefined; // no Go, or no module proxy: the bench says that there is no peer
  }
  const front = await openFront(options.elasticsearchUrl);
  const folder = makeFolder('telegraf');
  const file = join(folder.path, 'telegraf.conf');
  writeFileSync(
    file,
    configuration({
      ...options,
      elasticsearchUrl: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    }),
  );
  const child = spawn(join(home, 'bin/telegraf'), ['--config', file, '--quiet'], { stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    cpuSeconds() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async close() {
      child.kill('SIGTERM');
      await exited;
      front.closeAllConnections();
      front.close();
      folder.remove();
    },
  };
}

/**
 * Telegraf asks for the server's version first, by an address that the node of our recipe, put together without the
 * module for it, does not answer. Everything else goes through as it is.
 */
async function openFront(target: string): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.method === 'GET' && incoming.url === '/') {
      outgoing.setHeader('content-type', 'application/json');
      outgoing.setHeader('x-elastic-product', 'Elasticsearch');
      outgoing.end('{"version":{"number":"8.19.21"}}');
      return;
    }
    const { method, headers, url } = incoming;
    const forward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forward.on('error', () => outgoing.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function configuration({ brokerPort, elasticsearchUrl, index }: Options): string {
  return `[agent]
  interval = "1s"
  flush_interval = "1s"
  metric_batch_size = 5000
  metric_buffer_limit = 200000
  omit_hostname = true
[[inputs.mqtt_consumer]]
  servers = ["tcp://127.0.0.1:${brokerPort}"]
  topics = ["peer/+/telemetry"]
  qos = 1
  persistent_session = true
  client_id = "telegraf-peer"
  max_undelivered_messages = 20000
  data_format = "json_v2"
  [[inputs.mqtt_consumer.json_v2]]
    measurement_name = "reading"
    [[inputs.mqtt_consumer.json_v2.object]]
      path = "@this"
      timestamp_key = "ts"
      timestamp_format = "unix_ms"
[[outputs.elasticsearch]]
  urls = ["${elasticsearchUrl}"]
  index_name = "${index}"
  manage_template = false
  health_check_interval = "0s"
  enable_sniffer = false
`;
}
