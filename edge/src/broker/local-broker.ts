// The MQTT broker that sensors publish to.
import { type Broker, createPasswordCheck, openBroker } from '@wellhead/host';
import type { EdgeConfig } from '../config/schema.ts';
import type { MqttDriver } from '../driver/mqtt/mqtt.ts';
import type { GatewayMeters } from '../health/meters.ts';

const connectTimeoutMs = 5_000;

/** @throws WellheadError PORT_TAKEN */
export function openLocalBroker(
  config: EdgeConfig['broker'],
  driver: MqttDriver,
  meters: GatewayMeters,
): Promise<Broker> {
  const mayLogIn = createPasswordCheck(
    (config.users ?? []).map(({ username, password }) => [username, password] as const),
  );
  return openBroker({
    host: config.host,
    port: config.port,
    maxPacketBytes: config.maxPacket,
    maxConnections: config.maxConnections,
    connectTimeoutMs,
    authenticate: (username, password) => config.users === undefined || mayLogIn(username, password),
    maySubscribe: () => true,
    mayRetain: () => false,
    accept: (_peer, topic, payload) => {
      const arrivedAt = performance.now();
      return driver(topic, payload)?.then(
        () => meters.observe('intake_seconds', (performance.now() - arrivedAt) / 1000),
        (error: unknown) => {
          meters.add('readings_refused_total');
          throw error;
        },
      );
    },
    onRefused: (reason) => meters.add('connections_refused_total', 1, reason),
  });
}
