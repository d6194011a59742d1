// Server-sent events: readings the moment they are stored.
import type { FastifyInstance } from 'fastify';
import type { ApiOptions } from './api.ts';
import { LiveStream, streamHeaders } from './live-stream.ts';
import { filterParameters } from './parameters.ts';
import { ApiProblem, readParameters } from './problem.ts';

/** Each holds a socket and up to 1 MB. */
const mostStreams = 500;

/** Returns what ends all streams: a closing server would wait for them for ever. */
export function addLiveRoute(server: FastifyInstance, { live, meters, now }: ApiOptions): () => void {
  const streams = new Set<LiveStream>();
  // Begins at the clock, so that ids also grow across a restart.
  let id = now();
  const nextId = () => ++id;
  meters.gauge('live_streams', 'Open live streams', () => streams.size);

  server.route({
    method: 'GET',
    url: '/api/v1/live',
    exposeHeadRoute: false,
    handler: (request, reply) => {
      const filter = readParameters(filterParameters, request.query);
      if (streams.size >= mostStreams)
        throw new ApiProblem(
          'TOO_MANY_STREAMS',
          `${mostStreams} live streams are open already. Close some pages, or ask /api/v1/latest now and then.`,
        );
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...streamHeaders });
      request.raw.socket.setNoDelay(true);
      const stream = new LiveStream(raw, {
        nextId,
        resumed: request.headers['last-event-id'] !== undefined,
        onSkipped: () => meters.add('live_sends_skipped_total'),
      });
      streams.add(stream);
      const unsubscribe = live.subscribe(filter, (readings) => stream.send(readings));
      raw.once('error', () => raw.destroy());
      raw.once('close', () => {
        unsubscribe();
        streams.delete(stream);
        stream.close();
      });
    },
  });

  return () => {
    for (const stream of streams) stream.close();
  };
}
