// `wellhead-sim replay`: readings of CSV files sent again, as the sensor would have.
import { type Command, Option } from 'commander';
import { count, showProgress } from '../progress.ts';
import { openCsvFile } from '../replay/csv-file.ts';
import { type BadLine, type ReadProgress, readCsvReadings } from '../replay/csv-readings.ts';
import { pace } from '../replay/pace.ts';
import { publishReadings } from '../replay/publisher.ts';
import { loadSensorType } from '../sensor-type.ts';
import { readBrokerUrl, readSensor, readSpeed, readWindow, timeoutOption } from './option.ts';
import { concludePublication, linkReporter } from './publish.ts';
import { type ExitCode, exitCodes, runCommand } from './run.ts';

interface ReplayOptions {
  readonly type: string;
  readonly sensor: string;
  readonly broker: string;
  readonly columns?: string;
  readonly timeColumn?: string;
  readonly speed: number;
  readonly window: number;
  readonly timeout: number;
}

/** Bad lines told one by one; of the others only the number is told. */
const badLinesInFull = 20;

const help = `
Files are read in the order given. Two layouts are understood by themselves:
  - with a header: columns are found by the names and titles of the sensor type; times are ISO 8601 or
    "YYYY-MM-DD HH:MM[:SS]", UTC where no zone is named
  - without: date, time, then the sensor type's properties in their order, as loggers deliver it
Numbers are sent as numbers, everything else ("(na)") as the text it is. A reading is done when the broker
has acknowledged it (MQTT QoS 1); after a lost connection the others are sent again, in order.

Examples:
  $ wellhead-sim replay 2017.*.csv --type groundwater --sensor emb3
  $ wellhead-sim replay year.csv --type groundwater --sensor emb3 --speed max --window 1000
  $ wellhead-sim replay odd.csv --type groundwater --sensor emb3 --columns date,time,sec,ph,-,water_level

Exit codes: 0 all acknowledged, 1 broker not reached within --timeout, 2 wrong usage, unreadable file, or
no line that could be read.`;

/** Adds `replay` to the program. */
export function registerReplay(program: Command): void {
  program
    .command('replay')
    .summary('publish CSV files as a sensor would')
    .description('Publishes the readings of CSV files to an MQTT broker, as the sensor would have.')
    .argument('<file...>', 'CSV files')
    .requiredOption('--type <type>', 'sensor type, as groundwater')
    .requiredOption('--sensor <id>', 'sensor that the readings are from; goes to sensors/<id>', readSensor)
    .option('--broker <address>', 'MQTT broker', readBrokerUrl, 'mqtt://127.0.0.1:1884')
    .option('--columns <names>', 'all columns by name: date, time or measuredAt, properties, - for none')
    .option('--time-column <name>', "the header's name of the time column")
    .addOption(
      new Option('--speed <factor>', 'times as fast as it was measured (360x), or max')
        .argParser(readSpeed)
        .default(Number.POSITIVE_INFINITY, 'max'),
    )
    .option('--window <readings>', 'readings sent and not yet acknowledged at most', readWindow, 100)
    .addOption(timeoutOption())
    .addHelpText('after', help)
    .action((files: string[], options: ReplayOptions) =>
      runCommand((signal) => replay(files, options, signal)),
    );
}

async function replay(
  paths: readonly string[],
  options: ReplayOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const type = await loadSensorType(options.type);
  const { columns, timeColumn } = options;
  const files = await Promise.all(
    paths.map((path) =>
      openCsvFile(path, { type, ...(columns && { columns }), ...(timeColumn && { timeColumn }) }),
    ),
  );
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const read: ReadProgress = { bytes: 0, rows: 0, badLines: 0 };
  let acknowledged = 0;
  const progress = showProgress({
    stream: process.stdout,
    done: 'acknowledged',
    sample: () => ({ part: read.bytes, total, readings: acknowledged }),
  });
  for (const { path, layout } of files) {
    if (columns !== undefined && layout.hasHeader)
      progress.note(`${path}: the first line is taken for a header`);
    if (layout.skipped.length > 0) progress.note(`${path}: columns not read: ${layout.skipped.join(', ')}`);
  }
  const onBadLine = ({ file, line, reason }: BadLine) => {
    if (read.badLines <= badLinesInFull) progress.note(`${file}:${line}: ${reason}`);
  };
  const readings = pace(readCsvReadings(files, { progress: read, onBadLine }), {
    speed: options.speed,
    signal,
  });
  try {
    const summary = await publishReadings(readings, {
      brokerUrl: options.broker,
      sensor: options.sensor,
      window: options.window,
      unreachableAfterMs: options.timeout,
      signal,
      onAcknowledged: () => {
        acknowledged++;
      },
      onLink: linkReporter(options.broker, progress),
    });
    progress.stop();
    const unnamed = read.badLines - badLinesInFull;
    if (unnamed > 0) process.stderr.write(`and ${count(unnamed)} bad lines more\n`);
    process.stdout.write(
      `${count(read.rows)} rows, ${count(summary.published)} published, ` +
        `${count(summary.acknowledged)} acknowledged, ${count(read.badLines)} bad lines\n`,
    );
    if (read.rows > 0 && read.badLines === read.rows) {
      process.stderr.write(
        'No line could be read. Name all columns in their order with --columns; see --help.\n',
      );
      return exitCodes.usage;
    }
    return concludePublication(summary, { brokerUrl: options.broker, timeoutMs: options.timeout });
  } finally {
    progress.stop();
  }
}
