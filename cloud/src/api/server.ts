// Wires the routes, and decides how the server refuses, counts and stops.
import { listenError } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Api, ApiOptions } from './api.ts';
import { compress } from './compress.ts';
import { addDashboard, findDashboard } from './dashboard.ts';
import { addEventsRoute } from './events-route.ts';
import { addSecurityHeaders, securityHeaders } from './headers.ts';
import { addListRoutes } from './list-routes.ts';
import { addLiveRoute } from './live-route.ts';
import { ApiProblem } from './problem.ts';
import { addReadingsRoute } from './readings-route.ts';

/** The longest honest address (every parameter, 128 properties) is a third of it. */
const longestUrl = 8_192;
/** Requests have no body here; a client that does not finish its headers is cut off. */
const requestTimeoutMs = 30_000;

/** Serves the API and the dashboard. @throws WellheadError PORT_TAKEN */
export async function openApi(options: ApiOptions): Promise<Api> {
  const server = Fastify({
    logger: false,
    bodyLimit: 1_024,
    requestTimeout: requestTimeoutMs,
    // Whoever still reads an export at closing time would otherwise hold the program up.
    forceCloseConnections: true,
    http: { maxHeaderSize: 16_384 },
    // Addresses that cannot be decoded never reach a route or a hook.
    frameworkErrors: (error, _request, reply) => {
      const problem = asProblem(error);
      (reply as unknown as FastifyReply).headers(securityHeaders).code(problem.status).send(problem.body);
    },
  });
  const broken = countRequests(server, options);
  server.addHook('onRequest', addSecurityHeaders);
  server.addHook('onRequest', refuseLongUrls);
  server.addHook('onSend', compress);
  answerProblems(server, options);

  server.get('/health', () => ({ status: 'up', version: options.version, ...options.health() }));
  server.get('/metrics', async (_request, reply) => {
    reply.type('text/plain; version=0.0.4');
    return options.meters.text();
  });
  addListRoutes(server, options);
  addEventsRoute(server, options);
  addReadingsRoute(server, {
    ...options,
    onBroken: (request, error) => {
      broken.add(request.raw);
      options.onError?.(error);
    },
  });
  const endStreams = addLiveRoute(server, options);
  server.addHook('preClose', async () => endStreams());
  await addDashboard(server, findDashboard());
  await listen(server, options);

  let closing: Promise<void> | undefined;
  return {
    port: (server.server.address() as { port: number }).port,
    close() {
      closing ??= server.close();
      return closing;
    },
  };
}

/** Counts each answer when its connection is done with it: also those that break, and live streams. */
function countRequests(server: FastifyInstance, { meters }: ApiOptions): WeakSet<FastifyRequest['raw']> {
  const broken = new WeakSet<FastifyRequest['raw']>();
  server.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      // An export that broke half-way began with 200, and was none.
      const status = broken.has(request.raw) ? 500 : reply.raw.statusCode;
      meters.add('http_requests_total', 1, String(status));
    });
  });
  return broken;
}

async function refuseLongUrls(request: FastifyRequest): Promise<void> {
  if (request.url.length > longestUrl)
    throw new ApiProblem(
      'URL_TOO_LONG',
      `The address is longer than ${longestUrl} characters. Ask for fewer properties.`,
    );
}

function answerProblems(server: FastifyInstance, options: ApiOptions): void {
  server.setNotFoundHandler((request, reply) => {
    const problem = new ApiProblem(
      'UNKNOWN_ROUTE',
      `There is no ${request.method} ${request.url.split('?')[0]}. The API is at /api/v1/sites, sensors, latest, readings, events, live and types.`,
    );
    return reply.code(problem.status).send(problem.body);
  });
  server.setErrorHandler((error: FastifyError | ApiProblem | WellheadError, _request, reply) => {
    const problem = asProblem(error);
    // What the client can mend is its own affair; everything else is ours and must be seen.
    if (problem.status >= 500 && !(error instanceof ApiProblem)) options.onError?.(error);
    return reply.code(problem.status).send(problem.body);
  });
}

function asProblem(error: FastifyError | ApiProblem | WellheadError): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof WellheadError)
    return new ApiProblem(
      'STORE_QUERY',
      'The store could not answer. Ask again in a moment, or for a shorter range.',
    );
  if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500)
    return new ApiProblem('BAD_REQUEST', 'The request could not be read. Ask with GET and without a body.');
  return new ApiProblem('INTERNAL', 'Something went wrong here. It has been noted; ask again in a moment.');
}

async function listen(server: FastifyInstance, { host, port }: ApiOptions): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (cause) {
    await server.close();
    throw listenError(cause, host, port, 'http.port');
  }
}
