// MQTT keeps the contract, behind the gateway's own broker; its instrument is one that publishes.
import mqtt, { type MqttClient } from 'mqtt';
import { openLocalBroker } from '../../broker/local-broker.ts';
import { edgeConfigSchema } from '../../config/schema.ts';
import { openGatewayMeters } from '../../health/meters.ts';
import { sonde } from '../../parts.testing.ts';
import { sensorDriverContract } from '../../reading/sensor-driver.contract.ts';
import type { SimulatedDevice } from '../simulated-device.testing.ts';
import { createMqttDriver } from './mqtt.ts';

sensorDriverContract({
  name: 'MQTT at the gateway’s broker',
  supports: { shares: false, holds: false },
  expected: [16.38, 7.2],
  change: { words: 'set all 0 7.1', expected: [16.38, 7.1] },
  faults: ['noise', 'foreign', 'cut'],
  lost: false,
  async start(host) {
    const { broker: config } = edgeConfigSchema.parse({
      site: 's',
      gateway: 'g',
      uplink: { url: 'mqtt://127.0.0.1' },
      broker: { port: 0 },
      sensors: [{ id: 'b1', type: 'sonde' }],
    });
    const driver = createMqttDriver([{ id: 'b1', type: sonde }], host.intake, () => undefined);
    const broker = await openLocalBroker(config, driver, openGatewayMeters());
    return { driver: broker, device: startPublisher(broker.port) };
  },
});

const everyMs = 20;

/** Publishes a reading every few milliseconds, each again until its PUBACK comes; obeys the usual words. */
function startPublisher(port: number): SimulatedDevice {
  const url = `mqtt://127.0.0.1:${port}`;
  let ph = 7.2;
  let fault = 'ok';
  let isOver = false;
  let client: MqttClient | undefined;
  const payload = () => {
    const text = JSON.stringify({ measuredAt: new Date().toISOString(), ph, level: 16.38 });
    if (fault === 'noise') return Buffer.from([0xff, 0x07, 0x80]);
    if (fault === 'cut') return text.slice(0, 20);
    return text;
  };
  // A connection is used until it ends: MQTT.js's own repeats would hide which reading came again.
  const connect = () =>
    new Promise<MqttClient | undefined>((resolve) => {
      const attempt = mqtt.connect(url, { reconnectPeriod: 0, connectTimeout: 1_000 });
      attempt.on('error', () => undefined);
      attempt.once('connect', () => resolve(attempt));
      attempt.once('close', () => resolve(undefined));
    });
  const publish = (topic: string, message: string | Buffer) =>
    new Promise<boolean>((resolve) => {
      const closed = () => resolve(false);
      client!.once('close', closed);
      client!.publish(topic, message, { qos: 1 }, (error) => {
        client?.off('close', closed);
        resolve(error === undefined || error === null);
      });
    });
  const run = async () => {
    let waiting: string | Buffer | undefined;
    while (!isOver) {
      if (fault !== 'silence' && fault !== 'unplug') {
        if (client?.connected !== true) client = await connect();
        waiting ??= payload();
        const topic = fault === 'foreign' ? 'sensors/stranger' : 'sensors/b1';
        if (client !== undefined && (await publish(topic, waiting))) waiting = undefined;
      }
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };
  const running = run();
  return {
    port: 0,
    async say(words) {
      const [verb = '', , , value] = words.split(' ');
      if (verb === 'set') ph = Number(value);
      else fault = verb === 'replug' ? 'ok' : verb;
      if (verb === 'unplug') client?.stream.destroy();
    },
    async close() {
      isOver = true;
      client?.end(true);
      await running;
      client?.end(true);
    },
  };
}
