// A sensor whose values stand in Modbus registers.
import type { SensorType, Value } from '@wellhead/protocol';
import { readRegister, registersOf } from '../../decode/register.ts';
import type { PolledDevice, PollPlan } from '../poll/poll.ts';
import { type ModbusRegister, planReads } from './read-plan.ts';
import { type ModbusLine, readRegisters, settle } from './read-registers.ts';

export interface ModbusSensor {
  readonly id: string;
  readonly type: SensorType;
  /** The timeout is that of one answer. */
  readonly plan: PollPlan;
  readonly unit: number;
  /** A device that sleeps is woken by one request and left alone for so long. */
  readonly warmupMs?: number | undefined;
  readonly registers: readonly ModbusRegister[];
}

/** The sensor as the poller sees it. */
export function modbusDevice(sensor: ModbusSensor, line: ModbusLine): PolledDevice {
  const { id, type, plan, unit, warmupMs, registers } = sensor;
  const blocks = planReads(registers);
  const { timeoutMs } = plan;
  const index = new Map(type.properties.map(({ name }, i) => [name, i]));
  const device: PolledDevice = {
    sensor: id,
    // A measurement is an answer for each block, and once the wait for a late one.
    plan: { ...plan, timeoutMs: timeoutMs * (blocks.length + 1) + 1_000 },
    async measure(signal) {
      const values = new Array<Value | undefined>(type.properties.length).fill(undefined);
      for (const [b, { kind, address, count, registers: inBlock }] of blocks.entries()) {
        if (b > 0) await settle(line, unit, timeoutMs, signal);
        const bytes = await readRegisters(line, { unit, kind, address, count, timeoutMs }, signal);
        for (const register of inBlock) {
          const from = (register.address - address) * 2;
          values[index.get(register.property)!] = readRegister(
            bytes.subarray(from, from + registersOf[register.type] * 2),
            register,
          );
        }
      }
      return { sensor: id, values };
    },
  };
  if (warmupMs === undefined) return device;
  const [first] = blocks;
  return {
    ...device,
    async prepare(signal) {
      const { kind, address } = first!;
      // Whether it answers in its sleep does not matter: the measurement behind it tells.
      await readRegisters(line, { unit, kind, address, count: 1, timeoutMs }, signal).catch(() => undefined);
      return warmupMs;
    },
  };
}
