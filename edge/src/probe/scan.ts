// Who is on the line: asks every address once, shortly.
import { parseIdentity } from '../decode/sdi12.ts';
import { modbusLine, readRegisters } from '../driver/modbus/read-registers.ts';
import { askSdi12 } from '../driver/sdi12/ask.ts';
import type { Bus } from '../driver/serial-bus/bus.ts';
import type { Print } from './open-line.ts';

export interface ScanOptions {
  readonly timeoutMs: number;
  /** Ends the whole scan. */
  readonly signal: AbortSignal;
  readonly print: Print;
}

/** Reads one register of each unit; an exception is an answer too. Returns how many answered. */
export async function scanModbus(
  bus: Bus,
  framing: 'rtu' | 'tcp',
  { from, to, address, ...options }: ScanOptions & { from: number; to: number; address: number },
): Promise<number> {
  const line = modbusLine(bus, framing);
  let found = 0;
  for (let unit = from; unit <= to && !options.signal.aborted; unit++) {
    const request = { unit, kind: 'holding', address, count: 1, timeoutMs: options.timeoutMs } as const;
    const answer = await readRegisters(line, request, options.signal).then(
      (bytes) => `holding register ${address} is ${(bytes[0]! << 8) | bytes[1]!}`,
      (error: Error) => (error.message.startsWith('Modbus exception') ? error.message : undefined),
    );
    if (answer === undefined) continue;
    found++;
    options.print(`unit ${unit} answers: ${answer}`);
  }
  return found;
}

const addresses = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Asks each address for its identification (SDI-12 v1.4, `aI!`). Returns how many answered. */
export async function scanSdi12(bus: Bus, { timeoutMs, signal, print }: ScanOptions): Promise<number> {
  let found = 0;
  for (const address of addresses) {
    if (signal.aborted) break;
    const identity = await askSdi12(
      { bus, timeoutMs },
      `${address}I`,
      (line) => parseIdentity(line, address),
      signal,
    ).catch(() => undefined);
    if (identity === undefined) continue;
    found++;
    const { maker, model, sensorVersion, more, version } = identity;
    print(`address ${address}: ${[maker, model, sensorVersion, more].join(' ')} (SDI-12 ${version})`);
  }
  return found;
}
