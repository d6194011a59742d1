// /health and /metrics of a program, for whoever watches it.
import { createServer } from 'node:http';
import { listenError } from '../process/listen-error.ts';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves /health (JSON) and /metrics (Prometheus text). @throws WellheadError PORT_TAKEN */
export async function openHealthServer(options: {
  readonly host: string;
  readonly port: number;
  readonly health: () => object;
  readonly metrics: () => Promise<string>;
}): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const reply = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    if (request.url === '/health') reply(200, 'application/json', JSON.stringify(options.health()));
    else if (request.url === '/metrics') {
      options.metrics().then(
        (text) => reply(200, 'text/plain; version=0.0.4', text),
        (error: Error) => reply(500, 'text/plain', error.message),
      );
    } else reply(404, 'text/plain', 'Ask for /health or /metrics.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, options.host, options.port, 'health.port')));
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
