// `wellhead-sim device`: instruments that do not exist, with faults at a word.
import { type Command, Option } from 'commander';
import { createAsciiInstrument } from '../device/ascii-instrument.ts';
import { createHttpInstrument } from '../device/http-instrument.ts';
import { createModbusSlave } from '../device/modbus-slave.ts';
import { createSdi12Sensors } from '../device/sdi12-sensors.ts';
import { deviceHelp as help } from './device-help.ts';
import { type LineCommandOptions, lineCommand, runOnLine } from './device-line.ts';
import { readEscapes, readNumbers, readSdi12, readUnit } from './device-option.ts';
import { readCount, readDuration } from './option.ts';

/** Adds `device` and its kinds to the program. */
export function registerDevice(program: Command): void {
  const device = program
    .command('device')
    .summary('stand in for instruments on a serial line')
    .description('Simulated instruments that speak in bytes, over TCP or at a pseudo-terminal.')
    .addHelpText('after', help.device);

  lineCommand(device, 'modbus', 'Modbus devices, RTU or TCP', help.modbus)
    .option('--rtu', 'RTU frames; left out: Modbus TCP')
    .requiredOption('--unit <unit:registers>', 'a unit and its registers; may be repeated', readUnit)
    .action((options: LineCommandOptions & { rtu?: boolean; unit: Map<number, Map<number, number>> }) =>
      runOnLine(options, createModbusSlave({ framing: options.rtu ? 'rtu' : 'tcp', units: options.unit })),
    );

  lineCommand(device, 'sdi12', 'SDI-12 sensors behind a serial adapter', help.sdi12)
    .requiredOption('--sensor <address:values>', 'an address and its values; may be repeated', readSdi12)
    .option('--seconds <n>', 'a measurement takes so long', readCount, 0)
    .addOption(
      new Option('--ready <time>', 'ready after so long (default: as long as it takes)').argParser(
        readDuration,
      ),
    )
    .option('--identity <text>', 'version, maker, model and serial number', '14WELLHEADSIM001100SN1')
    .option('--echo', 'send back what is sent, as some adapters do')
    .action(
      (
        options: LineCommandOptions & {
          sensor: Map<string, number[]>;
          seconds: number;
          ready?: number;
          identity: string;
          echo?: boolean;
        },
      ) => {
        const { identity, seconds } = options;
        const sensors = new Map([...options.sensor].map(([name, values]) => [name, { identity, values }]));
        const readyAfterMs = options.ready ?? seconds * 1_000;
        return runOnLine(
          options,
          createSdi12Sensors({ sensors, seconds, readyAfterMs, hasEcho: options.echo ?? false }),
        );
      },
    );

  lineCommand(device, 'ascii', 'an instrument that says lines of text', help.ascii)
    .option('--line <template>', 'what it says', '{0}')
    .option('--values <numbers>', 'its values', readNumbers, [16.38])
    .option('--end <text>', 'what stands at the end of the line', readEscapes, '\r\n')
    .option('--every <time>', 'say it by itself, so often', readDuration)
    .option('--request <text>', 'say it on hearing this', readEscapes)
    .option('--nmea', 'with $ and checksum of NMEA 0183')
    .action(
      (
        options: LineCommandOptions & {
          line: string;
          values: number[];
          end: string;
          every?: number;
          request?: string;
          nmea?: boolean;
        },
      ) =>
        runOnLine(
          options,
          createAsciiInstrument({
            template: options.line,
            values: options.values,
            end: options.end,
            everyMs: options.every,
            request: options.request,
            hasNmea: options.nmea ?? false,
          }),
        ),
    );

  registerHttp(device);
}

function registerHttp(device: Command): void {
  lineCommand(device, 'http', 'a station that answers HTTP requests', help.http)
    .option('--body <template>', 'what it answers', '{"time":"{time}","value":{0}}')
    .option('--values <numbers>', 'its values', readNumbers, [16.38])
    .option('--type <type>', 'content type of the answer', 'application/json')
    .action((options: LineCommandOptions & { body: string; values: number[]; type: string }) =>
      runOnLine(
        options,
        createHttpInstrument({
          template: readEscapes(options.body),
          values: options.values,
          contentType: options.type,
        }),
      ),
    );
}
