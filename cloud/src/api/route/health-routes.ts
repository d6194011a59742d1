// What watches the process: whether it is up, and what it has counted.
import { healthSchema } from '../answer/health.ts';
import { defineRoute, json } from '../http/route.ts';

export const healthRoute = defineRoute({
  method: 'GET',
  path: '/health',
  summary: 'whether the cloud is up',
  role: 'public',
  answers: { 200: json('its version, roles and backlog', healthSchema) },
  handle: ({ version, health }) => ({ status: 'up' as const, version, ...health() }),
});

export const metricsRoute = defineRoute({
  method: 'GET',
  path: '/metrics',
  summary: 'counters in Prometheus text',
  role: 'public',
  answers: { 200: { description: 'see reference/metrics.md', content: { 'text/plain': {} } } },
  handle({ meters }, _asked, { reply }) {
    reply.type('text/plain; version=0.0.4');
    return meters.text();
  },
});
