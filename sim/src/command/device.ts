// `wellhead-sim device`: instruments that do not exist, with faults at a word.
import { createInterface } from 'node:readline';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { createAsciiInstrument } from '../device/ascii-instrument.ts';
import { obey } from '../device/control.ts';
import { createHttpInstrument } from '../device/http-instrument.ts';
import type { Instrument } from '../device/instrument.ts';
import { openLine } from '../device/line.ts';
import { createModbusSlave } from '../device/modbus-slave.ts';
import { createSdi12Sensors } from '../device/sdi12-sensors.ts';
import { Switches } from '../device/switches.ts';
import { createRandom } from '../random.ts';
import { readCount, readDuration } from './option.ts';
import { exitCodes, runCommand } from './run.ts';

interface LineCommandOptions {
  readonly host: string;
  readonly port: number;
  readonly pty?: string;
  readonly seed: string;
}

const control = `
While it runs, words on standard input change it:
  noise, delay, bad-checksum, foreign, silence, babble, cut   a fault of all, or of one: "silence 2", "delay 2 500"
  ok                                      all is well again, or for one: "ok 2"
  unplug, replug                          the cable
  set WHO PLACE VALUE                     another value: "set 1 0 240"; WHO is a unit, an address, or all`;

const help = {
  device: `
Examples:
  $ wellhead-sim device modbus --port 1502 --unit 1:0=235,1=1013          Modbus TCP
  $ wellhead-sim device modbus --rtu --pty /tmp/line --unit 1:0=235       Modbus RTU at a serial port /tmp/line
  $ wellhead-sim device sdi12 --pty /tmp/line --sensor 0:1.23,-4.5
  $ wellhead-sim device ascii --pty /tmp/line --line "{0},{1}" --values 16.38,7.2 --every 1s
  $ wellhead-sim device http --port 8081 --values 41.5,12`,
  modbus: `
A value with a point is a float32 in two registers, big-endian; others are one register.
${control}

Examples:
  $ wellhead-sim device modbus --port 1502 --unit 1:0=235,1=1013 --unit 2:100=16.38
  $ wellhead-sim device modbus --rtu --pty /tmp/line --unit 1:0=235`,
  sdi12: `${control}

Examples:
  $ wellhead-sim device sdi12 --pty /tmp/line --sensor 0:1.23,-4.5 --sensor 1:7.2 --seconds 2`,
  ascii: `
In --line, {0} is the first value and {time} is now. \\r and \\n are written so in --end and --request.
${control}

Examples:
  $ wellhead-sim device ascii --port 4001 --line "LVL={0} T={1}" --values 16.38,9.7 --every 1s
  $ wellhead-sim device ascii --port 4001 --line "WIMTW,{0},C" --values 9.7 --nmea --request "R\\r"`,
  http: `
In --body, {0} is the first value and {time} is now.
${control}

Examples:
  $ wellhead-sim device http --port 8081 --values 41.5,12 --body '{"time":"{time}","o3":{0},"pm10":{1}}'
  $ wellhead-sim device http --port 8081 --type text/csv --body 'time,o3\\n{time},{0}'`,
};

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
      run(options, createModbusSlave({ framing: options.rtu ? 'rtu' : 'tcp', units: options.unit })),
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
        return run(
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
        run(
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
      run(
        options,
        createHttpInstrument({
          template: readEscapes(options.body),
          values: options.values,
          contentType: options.type,
        }),
      ),
    );
}

function lineCommand(device: Command, name: string, what: string, text: string): Command {
  return device
    .command(name)
    .summary(what)
    .description(`Stands in for ${what}.`)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'TCP port; 0 takes any free one', readCount, 0)
    .option('--pty <path>', 'make a serial port (pseudo-terminal) here; needs socat')
    .option('--seed <text>', 'which noise', '1')
    .addHelpText('after', text);
}

function run(options: LineCommandOptions, instrument: Instrument): Promise<void> {
  return runCommand(async (signal) => {
    const switches = new Switches();
    const { next } = createRandom(options.seed);
    const line = await openLine({ ...options, instrument, switches, random: next });
    process.stdout.write(
      `listening on ${options.host}:${line.port}${options.pty ? ` and ${options.pty}` : ''}\n`,
    );
    const input = createInterface({ input: process.stdin });
    // One after the other: whoever waits for "done" may rely on it.
    let last = Promise.resolve();
    input.on('line', (words) => {
      last = last.then(async () => {
        const said = await obey(words, { line, switches, instrument });
        if (said !== '') process.stdout.write(`${said}\n`);
      });
    });
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    input.close();
    await last;
    await line.close();
    return exitCodes.done;
  });
}

function readUnit(text: string, before?: Map<number, Map<number, number>>): Map<number, Map<number, number>> {
  const [unit = '', list = ''] = text.split(':');
  const registers = new Map<number, number>();
  for (const part of list.split(',')) {
    const [address = '', value = ''] = part.split('=');
    const number = Number(value);
    if (!/^\d+$/.test(unit) || !/^\d+$/.test(address) || value === '' || Number.isNaN(number))
      throw new InvalidArgumentError('Write a unit and registers as 1:0=235,1=1013.');
    if (!value.includes('.')) registers.set(Number(address), number & 0xffff);
    else {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatBE(number);
      registers.set(Number(address), bytes.readUInt16BE(0));
      registers.set(Number(address) + 1, bytes.readUInt16BE(2));
    }
  }
  return new Map([...(before ?? []), [Number(unit), registers]]);
}

function readSdi12(text: string, before?: Map<string, number[]>): Map<string, number[]> {
  const parts = /^([0-9A-Za-z]):(.+)$/.exec(text);
  if (parts === null) throw new InvalidArgumentError('Write an address and values as 0:1.23,-4.5.');
  return new Map([...(before ?? []), [parts[1]!, readNumbers(parts[2]!)]]);
}

function readNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some(Number.isNaN)) throw new InvalidArgumentError('Write numbers as 16.38,7.2.');
  return numbers;
}

function readEscapes(text: string): string {
  return text.replaceAll('\\r', '\r').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}
