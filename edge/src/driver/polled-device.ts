// From a sensor's configuration to the device that the poller asks.

import { textDevice } from './ascii/request.ts';
import type { ConfiguredSensor } from './configured-sensor.ts';
import { modbusDevice } from './modbus/modbus-sensor.ts';
import { modbusLine } from './modbus/read-registers.ts';
import type { PolledDevice, PollPlan } from './poll/poll.ts';
import { sdi12Device } from './sdi12/sdi12-sensor.ts';
import type { Bus } from './serial-bus/bus.ts';
import type { BusConfig } from './serial-bus/config.ts';

/** Every sensor of one bus as the poller sees it. */
export function polledDevices(
  sensors: readonly ConfiguredSensor[],
  config: BusConfig,
  bus: Bus,
): readonly PolledDevice[] {
  const line = modbusLine(bus, config.tcp?.modbus ?? 'rtu');
  return sensors.map(({ id, type, modbus, sdi12, ascii }) => {
    const planOf = (
      keys: { every?: number | undefined; offset: number; timeout: number; retries: number },
      timeoutMs = keys.timeout,
    ): PollPlan => ({
      everyMs: keys.every ?? type.interval,
      offsetMs: keys.offset,
      timeoutMs,
      retries: keys.retries,
    });
    if (modbus !== undefined) {
      const { unit, warmup, registers } = modbus;
      return modbusDevice({ id, type, plan: planOf(modbus), unit, warmupMs: warmup, registers }, line);
    }
    if (sdi12 !== undefined) {
      const { address, command, values, identify, maxWait, timeout } = sdi12;
      // One measurement is several exchanges and the sensor's own time: the turn's limit has room for all.
      const plan = planOf(sdi12, maxWait + timeout * 12);
      return sdi12Device(
        { id, type, plan, address, command, values, identify, maxWaitMs: maxWait, timeoutMs: timeout },
        bus,
      );
    }
    return textDevice({ id, type, plan: planOf(ascii!), ...ascii!, request: ascii!.request! }, bus);
  });
}
