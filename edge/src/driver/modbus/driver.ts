// Sensors read by Modbus, as the registry knows them.
import { busDriver } from '../driver-entry.ts';
import { pollPlan } from '../poll/plan.ts';
import { modbusCheck } from './check.ts';
import { modbusSchema } from './config.ts';
import { modbusDevice } from './modbus-sensor.ts';
import { modbusLine } from './read-registers.ts';

export const modbus = busDriver({
  about: 'read by Modbus RTU or Modbus TCP',
  schema: modbusSchema,
  check: modbusCheck,
  busOf: ({ bus }) => bus,
  devicesOn(sensors, { bus, config }) {
    const line = modbusLine(bus, config.tcp?.modbus ?? 'rtu');
    return sensors.map(({ id, type, config: keys }) => {
      const { unit, warmup, registers } = keys;
      return modbusDevice({ id, type, plan: pollPlan(type, keys), unit, warmupMs: warmup, registers }, line);
    });
  },
});
