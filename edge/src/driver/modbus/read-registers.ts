// One read request by the package modbus-serial, over our own bus: it makes requests and judges answers.
import { EventEmitter } from 'node:events';
import { deadline, pause, realTimers, type Timers } from '../../clock/timers.ts';
import { lookForMbap, lookForRtu, withMbap } from '../../decode/modbus-frame.ts';
import type { Bus } from '../serial-bus/bus.ts';

export interface ReadRequest {
  readonly unit: number;
  readonly kind: 'holding' | 'input';
  readonly address: number;
  readonly count: number;
  /** An answer that takes longer is none. */
  readonly timeoutMs: number;
}

/** How frames look on the bus: with a CRC on a line, with a header over TCP. */
export type ModbusFraming = 'rtu' | 'tcp';

/** One bus as Modbus speaks over it. */
export interface ModbusLine {
  readonly bus: Bus;
  readonly framing: ModbusFraming;
  readonly timers: Timers;
  /** Number of the last transaction over TCP. */
  transaction: number;
  /** Units that still owe an answer: it may come late, and looks like the answer to another request. */
  readonly owing: Set<number>;
}

export function modbusLine(bus: Bus, framing: ModbusFraming, timers: Timers = realTimers): ModbusLine {
  return { bus, framing, timers, transaction: 0, owing: new Set() };
}

/**
 * The registers' bytes as they came. Rejects with the device's exception in words, when the signal aborts, and
 * when the bus is not open.
 */
export async function readRegisters(
  line: ModbusLine,
  request: ReadRequest,
  outer: AbortSignal,
): Promise<Uint8Array> {
  const { unit, kind, address, count, timeoutMs } = request;
  // A CommonJS package: its class is the default of its default.
  const { default: Client } = (await import('modbus-serial')).default;
  outer.throwIfAborted();
  const limit = deadline(line.timers, timeoutMs, `no answer within ${timeoutMs} ms`, outer);
  const { signal } = limit;
  // One client a request: a late answer then finds nobody who could mistake it.
  const port = new OneRequestPort(line, { unit, functionCode: kind === 'holding' ? 3 : 4, count }, signal);
  const client = new Client(port);
  client.open(() => undefined);
  client.setID(unit);
  const answer =
    kind === 'holding'
      ? client.readHoldingRegisters(address, count)
      : client.readInputRegisters(address, count);
  try {
    const { buffer } = await Promise.race([answer, port.failed]);
    if (buffer.length !== count * 2)
      throw new Error(`${count} registers were asked for, ${buffer.length / 2} came`);
    return buffer;
  } catch (error) {
    if (signal.aborted) line.owing.add(unit);
    throw error;
  } finally {
    limit.done();
  }
}

/**
 * Waits until an answer that a unit owes has come and was thrown away. Answers of RTU do not say what they
 * answer, so one that is late would be taken for the next one of the same size.
 */
export async function settle(line: ModbusLine, unit: number, ms: number, signal: AbortSignal): Promise<void> {
  if (!line.owing.delete(unit) || line.framing === 'tcp') return;
  await pause(line.timers, ms, signal);
}

/** What modbus-serial takes for a port: it writes one request, and is given one whole answer. */
class OneRequestPort extends EventEmitter {
  readonly isOpen = true;
  readonly failed: Promise<never>;
  readonly #line: ModbusLine;
  readonly #expected: Parameters<typeof lookForRtu>[1];
  readonly #signal: AbortSignal;
  #fail!: (error: Error) => void;

  constructor(line: ModbusLine, expected: Parameters<typeof lookForRtu>[1], signal: AbortSignal) {
    super();
    this.#line = line;
    this.#expected = expected;
    this.#signal = signal;
    this.failed = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
  }

  open(done: (error?: Error) => void): void {
    done();
  }

  write(frame: Buffer): void {
    this.#exchange(frame).then((answer) => this.emit('data', Buffer.from(answer)), this.#fail);
  }

  #exchange(frame: Buffer): Promise<Uint8Array> {
    const line = this.#line;
    if (line.framing === 'rtu')
      return line.bus.exchange(frame, (bytes) => lookForRtu(bytes, this.#expected), this.#signal);
    line.transaction = (line.transaction + 1) & 0xffff;
    const { transaction } = line;
    return line.bus.exchange(
      withMbap(frame.subarray(0, -2), transaction),
      (bytes) => lookForMbap(bytes, transaction, this.#expected),
      this.#signal,
    );
  }
}
