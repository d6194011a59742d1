// Which registers are read together: neighbours in one request, never a number torn in two.
import { type RegisterFormat, registersOf } from '../../decode/register.ts';

/** One value and where it stands; the address as it goes over the line, counted from 0. */
export interface ModbusRegister extends RegisterFormat {
  readonly property: string;
  readonly kind: 'holding' | 'input';
  readonly address: number;
}

export interface ReadBlock {
  readonly kind: 'holding' | 'input';
  readonly address: number;
  readonly count: number;
  readonly registers: readonly ModbusRegister[];
}

/** Modbus Application Protocol V1.1b3, 6.3 and 6.4: at most 125 registers a request. */
const maxRegisters = 125;

/**
 * Registers with a gap between them are asked for apart: a device may answer for what it does not have with an
 * exception instead of zeros.
 */
export function planReads(registers: readonly ModbusRegister[]): readonly ReadBlock[] {
  const sorted = [...registers].sort(
    (a, b) =>
      a.kind.localeCompare(b.kind) || a.address - b.address || registersOf[b.type] - registersOf[a.type],
  );
  const blocks: { kind: ReadBlock['kind']; address: number; count: number; registers: ModbusRegister[] }[] =
    [];
  for (const register of sorted) {
    const end = register.address + registersOf[register.type];
    const last = blocks.at(-1);
    if (
      last !== undefined &&
      last.kind === register.kind &&
      register.address <= last.address + last.count &&
      end - last.address <= maxRegisters
    ) {
      last.count = Math.max(last.count, end - last.address);
      last.registers.push(register);
    } else {
      const { kind, address } = register;
      blocks.push({ kind, address, count: end - address, registers: [register] });
    }
  }
  return blocks;
}
