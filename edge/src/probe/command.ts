// `wellhead-edge probe`: for the person at the cable, before anything is configured.
import { explain } from '@wellhead/host';
import { durationSchema, WellheadError } from '@wellhead/protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { latin1 } from '../decode/text-frame.ts';
import { modbusLine, readRegisters } from '../driver/modbus/read-registers.ts';
import { askSdi12 } from '../driver/sdi12/ask.ts';
import type { Bus } from '../driver/serial-bus/bus.ts';
import { listPorts } from './list-ports.ts';
import { busConfigOf, type LineOptions, openProbedBus } from './open-line.ts';
import { readConfiguredSensor } from './read-sensor.ts';
import { readConfiguredSource } from './read-source.ts';
import { scanModbus, scanSdi12 } from './scan.ts';

interface ProbeOptions extends LineOptions {
  readonly for?: number;
  readonly timeout: number;
  readonly config?: string;
  readonly sensor?: string;
  readonly scan?: boolean;
}

const help = {
  probe: `
Without a kind it lists the serial ports of this machine. Every byte is shown, in hexadecimal and as text:
→ is sent, ← is received. Stop the gateway first: a port has one user.

Examples:
  $ wellhead-edge probe                                            which serial ports are there
  $ wellhead-edge probe modbus --port /dev/ttyUSB0 --scan          which units answer
  $ wellhead-edge probe sdi12 --port /dev/ttyUSB0 --scan           which addresses answer, and who they are
  $ wellhead-edge probe ascii --port /dev/ttyUSB0 --baud 4800      listen for ten seconds
  $ wellhead-edge probe modbus --config gateway.yaml --sensor bh1  read one sensor as the gateway would
  $ wellhead-edge probe http --config gateway.yaml --sensor air1   ask its feed once
  $ wellhead-edge probe file --config gateway.yaml --sensor bh4    the newest line of its file`,
  modbus: `
Examples:
  $ wellhead-edge probe modbus --port /dev/ttyUSB0 --scan --from 1 --to 20
  $ wellhead-edge probe modbus --tcp 192.168.1.20:502 --unit 1 --address 0 --count 4
  $ wellhead-edge probe modbus --config gateway.yaml --sensor bh1`,
  sdi12: `
Examples:
  $ wellhead-edge probe sdi12 --port /dev/ttyUSB0 --scan
  $ wellhead-edge probe sdi12 --port /dev/ttyUSB0 --send 0M
  $ wellhead-edge probe sdi12 --config gateway.yaml --sensor bh1`,
  ascii: `
Examples:
  $ wellhead-edge probe ascii --port /dev/ttyUSB0 --baud 4800
  $ wellhead-edge probe ascii --tcp 192.168.1.20:4001 --send "R\\r"
  $ wellhead-edge probe ascii --config gateway.yaml --sensor bh1`,
};

const exitCodes = { done: 0, nothing: 1, usage: 2 } as const;
type Print = (line: string) => void;
const print: Print = (line) => process.stdout.write(`${line}\n`);

/** Adds `probe` and its kinds to the program. */
export function registerProbe(program: Command): void {
  const probe = program
    .command('probe')
    .summary('look at serial ports and what hangs on them')
    .description('Shows serial ports, who answers on them, and every byte.')
    .addHelpText('after', help.probe)
    .action(() => guarded(showPorts));

  kind(probe, 'modbus', 'ask Modbus devices, RTU or TCP', help.modbus)
    .option('--rtu', 'RTU frames over --tcp, for a serial device server')
    .option('--scan', 'ask every unit from --from to --to')
    .option('--from <unit>', 'first unit of a scan', readNumber, 1)
    .option('--to <unit>', 'last unit of a scan', readNumber, 247)
    .option('--unit <unit>', 'the unit to ask', readNumber, 1)
    .option('--address <register>', 'first register, counted from 0', readNumber, 0)
    .option('--count <n>', 'how many registers', readNumber, 1)
    .option('--input', 'input registers (function 4), not holding registers (3)')
    .action(
      (
        options: ProbeOptions & {
          rtu?: boolean;
          from: number;
          to: number;
          unit: number;
          address: number;
          count: number;
          input?: boolean;
        },
      ) =>
        onLine(options, async (bus, signal) => {
          const framing = options.tcp === undefined || options.rtu ? 'rtu' : 'tcp';
          const { from, to, unit, address, count, timeout } = options;
          if (options.scan)
            return told(
              await scanModbus(bus, framing, { from, to, address, timeoutMs: timeout, signal, print }),
              'units',
            );
          const request = {
            unit,
            kind: options.input ? 'input' : 'holding',
            address,
            count,
            timeoutMs: timeout,
          } as const;
          const bytes = await readRegisters(modbusLine(bus, framing), request, signal);
          for (let i = 0; i < count; i++)
            print(`register ${address + i} = ${(bytes[i * 2]! << 8) | bytes[i * 2 + 1]!}`);
          return true;
        }),
    );

  kind(probe, 'sdi12', 'ask SDI-12 sensors through a serial adapter', help.sdi12)
    .option('--scan', 'ask every address who it is')
    .option('--send <command>', 'send one command, without the "!"', '?')
    .action((options: ProbeOptions & { send: string }) =>
      onLine(options, async (bus, signal) => {
        const { timeout: timeoutMs, send } = options;
        if (options.scan) return told(await scanSdi12(bus, { timeoutMs, signal, print }), 'addresses');
        print(`answer: ${await askSdi12({ bus, timeoutMs }, send, (line) => line, signal)}`);
        return true;
      }),
    );

  kind(probe, 'ascii', 'listen to an instrument that speaks in text', help.ascii)
    .option('--send <text>', 'send this first; \\r and \\n are written so')
    .action((options: ProbeOptions & { send?: string }) =>
      onLine(options, async (bus, signal) => {
        const request = (options.send ?? '').replaceAll('\\r', '\r').replaceAll('\\n', '\n');
        let heard = 0;
        await bus
          .exchange(
            latin1(request),
            (bytes) => {
              heard += bytes.length;
              return { discard: bytes.length };
            },
            signal,
          )
          .catch((error: unknown) => {
            if (!signal.aborted) throw error;
          });
        return told(heard, 'bytes');
      }),
    );

  source(probe, 'http', 'ask the feed of a configured sensor once');
  source(probe, 'file', 'read the newest line of a configured sensor’s file');
}

function kind(probe: Command, name: string, what: string, text: string): Command {
  return probe
    .command(name)
    .summary(what)
    .description(`To ${what}.`)
    .option('--port <path>', 'serial port, as /dev/ttyUSB0')
    .option('--tcp <host:port>', 'address of a device or a serial device server')
    .option('--baud <rate>', 'bits a second', readNumber, 9_600)
    .addOption(new Option('--parity <parity>').choices(['none', 'even', 'odd']).default('none'))
    .addOption(new Option('--data-bits <n>').choices(['7', '8']).default('8'))
    .addOption(new Option('--stop-bits <n>').choices(['1', '2']).default('1'))
    .addOption(
      new Option('--timeout <time>', 'wait so long for an answer').argParser(readTime).default(200, '200ms'),
    )
    .addOption(new Option('--for <time>', 'stop after so long (default: 10s, a scan 2m)').argParser(readTime))
    .option('--config <file>', 'a gateway’s file, with --sensor: show the reading too')
    .option('--sensor <id>', 'a sensor of that file')
    .addHelpText('after', text);
}

/** For sources that need a configuration to be read at all. */
function source(probe: Command, name: 'http' | 'file', what: string): void {
  probe
    .command(name)
    .summary(what)
    .description(`To ${what}: the raw text, and the reading it is. The gateway may run meanwhile.`)
    .requiredOption('--config <file>', 'a gateway’s file')
    .requiredOption('--sensor <id>', 'a sensor of that file')
    .addOption(new Option('--for <time>', 'stop after so long').argParser(readTime).default(10_000, '10s'))
    .action((options: { config: string; sensor: string; for: number }) =>
      guarded(() =>
        readConfiguredSource(
          { kind: name, file: options.config, id: options.sensor },
          { print, signal: AbortSignal.timeout(options.for) },
        ),
      ),
    );
}

/** Opens the line, works on it for a bounded time, and sets the exit code. */
async function onLine(
  options: ProbeOptions,
  work: (bus: Bus, signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  await guarded(async () => {
    const signal = AbortSignal.timeout(options.for ?? (options.scan ? 120_000 : 10_000));
    const { config: file, sensor: id } = options;
    if (file !== undefined && id !== undefined) return readConfiguredSensor({ file, id }, { print, signal });
    if (file !== undefined || id !== undefined)
      throw new WellheadError('CONFIG_INVALID', '--config and --sensor go together', {
        hint: 'Give both, or neither.',
      });
    const { bus } = openProbedBus(busConfigOf(options), print);
    try {
      await bus.opened(signal);
      return await work(bus, signal);
    } finally {
      await bus.close();
    }
  });
}

async function guarded(work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? exitCodes.done : exitCodes.nothing;
  } catch (error) {
    const isOurs = error instanceof WellheadError;
    process.stderr.write(`${isOurs ? explain(error) : (error as Error).message}\n`);
    process.exitCode = isOurs && error.code.startsWith('CONFIG_') ? exitCodes.usage : exitCodes.nothing;
  }
}

async function showPorts(): Promise<boolean> {
  const ports = await listPorts();
  for (const port of ports) print(port);
  if (ports.length === 0) print('This machine has no serial port: is the adapter plugged in?');
  return ports.length > 0;
}

function told(count: number, what: string): boolean {
  print(count === 0 ? `no ${what}: check cable, polarity, baud rate and parity` : `${what}: ${count}`);
  return count > 0;
}

function readNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

function readTime(text: string): number {
  const result = durationSchema.safeParse(text);
  if (!result.success || result.data === 0)
    throw new InvalidArgumentError('Write a time as 200ms, 10s or 2m.');
  return result.data;
}
