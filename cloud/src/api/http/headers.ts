// What browsers are told to refuse, with every answer.
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Everything from this server, nothing inline. uPlot and Preact set styles through the CSSOM, which style-src
 * does not govern, so no 'unsafe-inline' is needed.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** An onRequest hook. Without CORS headers other sites' pages cannot read any of it. */
export async function addSecurityHeaders(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers(securityHeaders);
}
