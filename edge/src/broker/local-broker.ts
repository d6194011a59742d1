// The MQTT broker that sensors publish to.
import { timingSafeEqual } from 'node:crypto';
import { type Broker, openBroker } from '@wellhead/host';
import type { EdgeConfig } from '../config/schema.ts';
import type { MqttDriver } from '../driver/mqtt.ts';
import type { GatewayMeters } from '../health/meters.ts';

const connectTimeoutMs = 5_000;

/** @throws WellheadError PORT_TAKEN */
export function openLocalBroker(
  config: EdgeConfig['broker'],
  driver: MqttDriver,
  meters: GatewayMeters,
): Promise<Broker> {
  const users = new Map(config.users?.map(({ username, password }) => [username, Buffer.from(password)]));
  return openBroker({
    host: config.host,
    port: config.port,
    maxPacketBytes: config.maxPacket,
    maxConnections: config.maxConnections,
    connectTimeoutMs,
    authenticate: (username, password) => {
      if (config.users === undefined) return true;
      const expected = users.get(username);
      const given = Buffer.from(password);
      return expected !== undefined && expected.length === given.length && timingSafeEqual(expected, given);
    },
    maySubscribe: () => true,
    mayRetain: () => false,
    accept: (_peer, topic, payload) => {
      const kept = driver(topic, payload);
      return kept?.catch((error: unknown) => {
        meters.add('readings_refused_total');
        throw error;
      });
    },
    onRefused: (reason) => meters.add('connections_refused_total', 1, reason),
  });
}
