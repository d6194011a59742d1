// What a watcher may do to the demo: by a key in its terminal, or by curl where there is none.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Actions {
  toggleUplink(): string;
  killGateway(): string;
  killCloud(): string;
  quit(): string;
}

const routes: Readonly<Record<string, keyof Actions>> = {
  '/uplink': 'toggleUplink',
  '/kill-gateway': 'killGateway',
  '/kill-cloud': 'killCloud',
  '/quit': 'quit',
};

const keys: Readonly<Record<string, keyof Actions>> = {
  u: 'toggleUplink',
  g: 'killGateway',
  c: 'killCloud',
  q: 'quit',
  '\u0003': 'quit',
};

/** Listens on the loopback address; POST only, so that no page in a browser can press a button by a link. */
export async function openControl(actions: Actions): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    const action = routes[request.url ?? ''];
    const answer = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(`${text}\n`);
    };
    if (action === undefined) answer(404, `POST to one of ${Object.keys(routes).join(', ')}`);
    else if (request.method !== 'POST')
      answer(405, `curl -X POST http://${request.headers.host}${request.url}`);
    else if (request.headers.origin !== undefined) answer(403, 'not from a web page');
    else answer(200, actions[action]());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Reads single keys where stdin is a terminal; returns what ends it. */
export function readKeys(actions: Actions, say: (text: string) => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => undefined;
  const onData = (data: Buffer) => {
    for (const key of data.toString()) {
      const action = keys[key];
      if (action !== undefined) say(actions[action]());
    }
  };
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', onData);
  return () => {
    stdin.off('data', onData);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
