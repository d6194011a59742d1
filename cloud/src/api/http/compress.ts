// Answers go out gzipped where the client takes it: readings as text shrink to a tenth.
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const gzipBytes = promisify(gzip);
/** Below this the header costs more than is won. */
const smallest = 1_400;
/** The quickest level: the link of a dashboard is rarely the bottleneck, the cloud's processor may be. */
const level = 1;

/** An onSend hook. A stream that fails takes the compressed one with it, so that the connection breaks. */
export async function compress(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const type = String(reply.getHeader('content-type') ?? '');
  if (
    !/^(application\/(?:problem\+json|csvm\+json|x-ndjson|json)|text\/csv|text\/plain)/.test(type) ||
    reply.hasHeader('content-encoding')
  )
    return payload;
  reply.header('vary', 'accept, accept-encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return payload;
  if (typeof payload === 'string' && payload.length >= smallest) {
    mark(reply);
    return gzipBytes(payload, { level });
  }
  if (payload instanceof Readable) {
    mark(reply);
    const squeezed = createGzip({ level, flush: constants.Z_NO_FLUSH });
    // The error reaches `squeezed`, whose reader deals with it.
    pipeline(payload, squeezed, () => undefined);
    return squeezed;
  }
  return payload;
}

function mark(reply: FastifyReply): void {
  reply.header('content-encoding', 'gzip');
  reply.removeHeader('content-length');
}
