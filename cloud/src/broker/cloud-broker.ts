// The embedded broker, for one machine.
import { type Broker, openBroker } from '@wellhead/host';
import { parseTopic } from '@wellhead/protocol';
import type { CloudConfig } from '../config/schema.ts';
import type { CloudMeters } from '../health/meters.ts';
import { createAccessRules } from './access.ts';

const connectTimeoutMs = 5_000;

/**
 * Opens it. `take` handles a message before it is acknowledged; left out where the bridge is a process of its own.
 * @throws WellheadError PORT_TAKEN
 */
export function openCloudBroker(
  config: CloudConfig['broker'],
  meters: CloudMeters,
  take: ((topic: string, payload: Uint8Array) => Promise<void>) | undefined,
): Promise<Broker> {
  const access = createAccessRules(config.credentials);
  return openBroker({
    host: config.host,
    port: config.port,
    maxPacketBytes: config.maxPacket,
    maxConnections: config.maxConnections,
    connectTimeoutMs,
    authenticate: (username, password) => access.authenticate(username, password),
    maySubscribe: (peer, topic) => access.maySubscribe(peer, topic),
    mayRetain: (topic) => {
      const kind = parseTopic(topic)?.kind;
      return kind === 'status' || kind === 'ledger';
    },
    accept: (peer, topic, payload) => {
      if (access.mayPublish(peer, topic)) return take?.(topic, payload);
      meters.add('publishes_refused_total');
      return Promise.reject(new Error(`${peer.username} may not publish to ${topic}`));
    },
    onRefused: (reason) => meters.add('connections_refused_total', 1, reason),
  });
}
