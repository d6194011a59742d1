// The kinds of the probe that open a line: Modbus, SDI-12, and instruments that speak in text.
import { type Command, Option } from 'commander';
import { latin1 } from '../decode/text-frame.ts';
import { modbusLine, readRegisters } from '../driver/modbus/read-registers.ts';
import { askSdi12 } from '../driver/sdi12/ask.ts';
import { print, told } from './guarded.ts';
import { probeHelp as help } from './help.ts';
import { onLine, type ProbeOptions } from './on-line.ts';
import { readNumber, readTime } from './option.ts';
import { scanModbus, scanSdi12 } from './scan.ts';

/** Adds the kinds that need a line to the probe. */
export function registerLineKinds(probe: Command): void {
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
