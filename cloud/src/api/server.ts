// Wires the routes, and decides how the server refuses, counts and stops.
import { listenError } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { dipsOf } from '../overview/describe-dips.ts';
import type { Api, ApiOptions } from './http/api.ts';
import { answerClientError } from './http/client-error.ts';
import { compress } from './http/compress.ts';
import { addDashboard, findDashboard } from './http/dashboard.ts';
import { tagLists } from './http/etag.ts';
import { ExportSlots } from './http/export-slots.ts';
import { addSecurityHeaders, securityHeaders } from './http/headers.ts';
import { describeApi } from './http/openapi.ts';
import { ApiProblem, problemMedia } from './http/problem.ts';
import { LiveStreams } from './live/live-streams.ts';
import { registerRoutes } from './register-routes.ts';
import { livePath } from './route/live-route.ts';
import { routes } from './routes.ts';

/** The longest honest address (every parameter, 128 properties) is a third of it. */
const longestUrl = 8_192;
const usualRequestTimeoutMs = 30_000;

/** For a few words; a route that takes more says so. */
const usualBodyBytes = 1_024;

/** Serves the API and the dashboard. @throws WellheadError PORT_TAKEN */
export async function openApi(options: ApiOptions): Promise<Api> {
  const { requestTimeoutMs = usualRequestTimeoutMs } = options;
  const server = Fastify({
    logger: false,
    bodyLimit: usualBodyBytes,
    requestTimeout: requestTimeoutMs,
    // Whoever still reads an export at closing time would otherwise hold the program up.
    forceCloseConnections: true,
    clientErrorHandler: answerClientError,
    http: {
      maxHeaderSize: 16_384,
      // Node takes the longer of the two for whole requests, and its own for heads is a minute.
      headersTimeout: requestTimeoutMs,
      // Looked at this often, so whoever is too slow is cut off after one to two times this long.
      connectionsCheckingInterval: requestTimeoutMs,
    },
    // Addresses that cannot be decoded never reach a route or a hook.
    frameworkErrors: (error, _request, reply) => {
      const problem = asProblem(error, usualBodyBytes);
      refuse((reply as unknown as FastifyReply).headers(securityHeaders), problem);
    },
  });
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) options.onRoute?.(one, url);
  });
  const broken = countRequests(server, options);
  server.addHook('onRequest', addSecurityHeaders);
  server.addHook('onRequest', refuseLongUrls);
  server.addHook('onSend', tagLists);
  server.addHook('onSend', compress);
  answerProblems(server, options);

  const streams = new LiveStreams(options.now());
  options.meters.gauge('live_streams', () => streams.size);
  server.addHook('preClose', async () => streams.endAll());
  const exports = new ExportSlots();
  options.meters.gauge('exports_running', () => exports.taken);
  registerRoutes(server, routes, {
    ...options,
    dips: dipsOf(options.sites),
    streams,
    exports,
    description: JSON.stringify(describeApi(routes, options.version)),
    onBroken: (request, error) => {
      broken.add(request.raw);
      options.onError?.(error);
    },
  });
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
    const arrivedAt = performance.now();
    reply.raw.once('close', () => {
      // A live stream lasts as long as its watcher likes.
      if (request.routeOptions.url !== livePath)
        meters.observe('http_request_seconds', (performance.now() - arrivedAt) / 1000);
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
      `There is no ${request.method} ${request.url.split('?')[0]}. All addresses of the API are in /api/v1/openapi.json.`,
    );
    return refuse(reply, problem);
  });
  server.setErrorHandler((error: FastifyError | ApiProblem | WellheadError, request, reply) => {
    const problem = asProblem(error, request.routeOptions.bodyLimit);
    // What the client can mend is its own affair; everything else is ours and must be seen.
    if (problem.status >= 500 && !(error instanceof ApiProblem)) options.onError?.(error);
    return refuse(reply, problem);
  });
}

function refuse(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  return reply.code(problem.status).headers(problem.headers).type(problemMedia).send(problem.body);
}

function asProblem(error: FastifyError | ApiProblem | WellheadError, maxBytes: number): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof WellheadError && error.code === 'LOG_WRITE')
    return new ApiProblem(
      'LOG_WRITE',
      'The log could not write, so nothing is promised of what was sent. Send the same again in a moment: what it holds already is not counted twice.',
    );
  if (error instanceof WellheadError)
    return new ApiProblem(
      'STORE_QUERY',
      'The store could not answer. Ask again in a moment, or for a shorter range.',
    );
  if ('code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new ApiProblem(
      'BODY_TOO_LARGE',
      `The body is larger than ${maxBytes} bytes, the most that this address takes. Send it in parts.`,
    );
  if ('code' in error && error.code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new ApiProblem(
      'BAD_REQUEST',
      'The body is no JSON. Check its quotes, commas and brackets, then send it again.',
    );
  if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500)
    return new ApiProblem(
      'BAD_REQUEST',
      'The request could not be read. Send JSON with its length and content-type, or ask with GET and no body.',
    );
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
