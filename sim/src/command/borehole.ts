// `wellhead-sim borehole`: readings of a borehole that does not exist, to a file or a broker.
import { WellheadError } from '@wellhead/protocol';
import { type Command, Option } from 'commander';
import { writeCsv } from './borehole-csv.ts';
import { publishBorehole } from './borehole-publish.ts';
import type { BoreholeCommandOptions } from './borehole-steps.ts';
import {
  readBrokerUrl,
  readCount,
  readDuration,
  readNumber,
  readSensor,
  readSpeed,
  readStart,
  readWindow,
  timeoutOption,
} from './option.ts';
import { type ExitCode, runCommand } from './run.ts';

const help = `
Without --broker it writes CSV to stdout, or to the file of --out. The same seed and start always give the
same readings; --from goes on where an earlier run ended.

Examples:
  $ wellhead-sim borehole --count 720 --start 2017-01-01 > january.csv
  $ wellhead-sim borehole --count 8760 --faults 6 --truth --out year.csv
  $ wellhead-sim borehole --broker mqtt://127.0.0.1:1884 --sensor bh1 --speed 3600x`;

/** Adds `borehole` to the program. */
export function registerBorehole(program: Command): void {
  program
    .command('borehole')
    .summary('generate readings of a borehole')
    .description(
      'Generates groundwater readings of a borehole that does not exist, as CSV or to an MQTT broker.',
    )
    .option('--seed <text>', 'which borehole', '1')
    .option(
      '--start <time>',
      'time of the first reading (default: 2017-01-01, with --broker the full hour now)',
      readStart,
    )
    .addOption(
      new Option('--interval <time>', 'time between two readings')
        .argParser(readDuration)
        .default(3_600_000, '1h'),
    )
    .option('--count <n>', 'how many steps (default: 720, with --broker no end)', readCount)
    .option('--from <step>', 'begin at this step', readCount, 0)
    .option('--faults <n>', 'sensor faults of all kinds a month', readNumber, 0)
    .option('--out <file>', 'write to this file and not to stdout')
    .addOption(
      new Option('--layout <layout>', 'logger: bare rows with date and time')
        .choices(['header', 'logger'])
        .default('header'),
    )
    .option('--truth', 'add columns that name the fault of each value')
    .option('--broker <address>', 'publish to this MQTT broker', readBrokerUrl)
    .option('--sensor <id>', 'publish as this sensor', readSensor)
    .addOption(
      new Option('--speed <factor>', 'times as fast as real time (3600x), or max')
        .argParser(readSpeed)
        .default(1, '1x'),
    )
    .option('--window <readings>', 'readings sent and not yet acknowledged at most', readWindow, 100)
    .addOption(timeoutOption())
    .addHelpText('after', help)
    .action((options: BoreholeCommandOptions) => runCommand((signal) => borehole(options, signal)));
}

async function borehole(options: BoreholeCommandOptions, signal: AbortSignal): Promise<ExitCode> {
  const { broker, sensor } = options;
  if ((broker === undefined) !== (sensor === undefined)) {
    throw new WellheadError('CONFIG_INVALID', '--broker and --sensor go together', {
      hint: 'Give both, or neither for CSV.',
    });
  }
  if (options.truth && options.layout === 'logger') {
    throw new WellheadError('CONFIG_INVALID', '--truth needs a header', {
      hint: 'Leave --layout logger out.',
    });
  }
  if (broker !== undefined && sensor !== undefined)
    return publishBorehole(options, { broker, sensor }, signal);
  return writeCsv(options, signal);
}
