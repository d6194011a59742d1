// Sensors read by SDI-12, as the registry knows them.
import { busDriver } from '../driver-entry.ts';
import { pollPlan } from '../poll/plan.ts';
import { sdi12Check } from './check.ts';
import { sdi12Schema } from './config.ts';
import { sdi12Device } from './sdi12-sensor.ts';

export const sdi12 = busDriver({
  about: 'read by SDI-12, through a serial adapter',
  schema: sdi12Schema,
  check: sdi12Check,
  busOf: ({ bus }) => bus,
  devicesOn(sensors, { bus }) {
    return sensors.map(({ id, type, config }) => {
      const { address, command, values, identify, maxWait, timeout } = config;
      // One measurement is several exchanges and the sensor's own time: the turn's limit has room for all.
      const plan = pollPlan(type, config, maxWait + timeout * 12);
      const limits = { maxWaitMs: maxWait, timeoutMs: timeout };
      return sdi12Device({ id, type, plan, address, command, values, identify, ...limits }, bus);
    });
  },
});
