// Feeds on the network, as the registry knows them.
import { sourceDriver } from '../driver-entry.ts';
import { startPoller } from '../poll/poller.ts';
import { httpCheck } from './check.ts';
import { httpSchema } from './config.ts';
import { httpDevice } from './http-sensor.ts';

export const http = sourceDriver({
  about: 'asked of a feed on the network',
  schema: httpSchema,
  check: httpCheck,
  start: ({ id, type, config }, host, beside) =>
    startPoller({ devices: [httpDevice({ id, type, http: config }, host, beside)], host }),
});
