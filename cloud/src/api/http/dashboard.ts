// Serves the dashboard's files, or says how to make them.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Beside the bundle (cloud/dist/main.js), and beside the source (cloud/src/api/http). */
const places = ['../web/dist', '../../../web/dist'];

/** The folder the dashboard was built into, or undefined where it was not built. */
export function findDashboard(from = dirname(fileURLToPath(import.meta.url))): string | undefined {
  return places.map((place) => join(from, place)).find((folder) => existsSync(join(folder, 'index.html')));
}

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Wellhead</title>
<h1>The dashboard is not built yet</h1>
<p>Run <code>npm run build</code> in the project's folder and start this program again.
Readings are taken and kept meanwhile, and the API answers under <a href="/api/v1/sensors">/api/v1</a>.</p></html>
`;

export async function addDashboard(server: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder === undefined) {
    server.get('/', (_request, reply) => reply.code(503).type('text/html; charset=utf-8').send(notBuilt));
    return;
  }
  await server.register(fastifyStatic, {
    root: folder,
    // Listed at the start, so that any other address gets the API's own 404.
    wildcard: false,
    preCompressed: true,
    dotfiles: 'deny',
    // Names of files stay the same from release to release: browsers ask whether theirs is still the newest.
    cacheControl: false,
    setHeaders: (response) => {
      response.setHeader('cache-control', 'no-cache');
    },
    globIgnore: ['**/*.map', '**/*.gz', '**/*.br'],
  });
}
