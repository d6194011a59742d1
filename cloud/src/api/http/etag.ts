// Lists that have not changed are not sent again: ETag, and 304 for If-None-Match (RFC 9110, 13.1.2).
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly etag?: boolean;
  }
}

/**
 * What only tells how late it is. Browsers keep no answer that holds a clock (they would show the old one after
 * a 304); programs that send If-None-Match themselves read the clock from the header Date.
 */
const clock = /"(?:now|secondsSinceStored|secondsSinceMeasured)":(?:"[^"]*"|[\d.-]+),?/g;

/** An onSend hook, before compression: the tag is weak, as both forms of an answer share it. */
export async function tagLists(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (!request.routeOptions.config.etag || reply.statusCode !== 200 || typeof payload !== 'string')
    return payload;
  const timeless = payload.replace(clock, '');
  const tag = `W/"${createHash('sha1').update(timeless).digest('base64url')}"`;
  reply.headers({ etag: tag, 'cache-control': timeless === payload ? 'no-cache' : 'no-store' });
  if (!matches(request.headers['if-none-match'], tag)) return payload;
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return null;
}

function matches(asked: string | undefined, tag: string): boolean {
  if (asked === undefined) return false;
  // Weak comparison: a proxy may have taken the W/ away.
  const opaque = tag.slice(2);
  return asked.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === opaque);
}
