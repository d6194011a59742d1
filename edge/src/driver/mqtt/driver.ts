// Sensors that publish by MQTT, as the registry knows them; `createMqttDriver` handles what they publish.
import { brokerDriver } from '../driver-entry.ts';
import { mqttCheck } from './check.ts';
import { mqttSchema } from './config.ts';

export const mqtt = brokerDriver({
  about: 'topics and mapping; left out: `sensors/<id>` (JSON) and `sensors/<id>/<property>` (plain values)',
  schema: mqttSchema,
  check: mqttCheck,
});
