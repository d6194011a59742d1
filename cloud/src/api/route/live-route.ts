// Server-sent events: readings the moment they are stored.

import { ApiProblem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { LiveStream, streamHeaders } from '../live/live-stream.ts';
import { maxStreams } from '../live/live-streams.ts';
import { filterParameters } from '../request/parameters.ts';

export const livePath = '/api/v1/live';

export const liveRoute = defineRoute({
  method: 'GET',
  path: livePath,
  summary: 'readings as they are stored',
  description:
    'Server-sent events. `readings` holds a list of readings; `behind` says that some were passed over because the client was slow or away: load the range again.',
  role: 'viewer',
  head: false,
  query: filterParameters,
  answers: {
    200: { description: 'a stream without an end', content: { 'text/event-stream': {} } },
  },
  problems: ['TOO_MANY_STREAMS'],
  handle({ live, meters, streams }, { query: filter }, { request, reply }) {
    if (streams.size >= maxStreams)
      throw new ApiProblem(
        'TOO_MANY_STREAMS',
        `${maxStreams} live streams are open already. Close some pages, or ask /api/v1/latest now and then.`,
      );
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...streamHeaders });
    request.raw.socket.setNoDelay(true);
    const stream = new LiveStream(raw, {
      nextId: streams.nextId,
      resumed: request.headers['last-event-id'] !== undefined,
      onSkipped: () => meters.add('live_sends_skipped_total'),
    });
    streams.add(stream);
    const unsubscribe = live.subscribe(filter, (readings) => stream.send(readings));
    raw.once('error', () => raw.destroy());
    raw.once('close', () => {
      unsubscribe();
      streams.end(stream);
    });
    return reply;
  },
});
