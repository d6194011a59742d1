// `wellhead-sim borehole`: readings of a borehole that does not exist, to a file or a broker.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WellheadError } from '@wellhead/protocol';
import { type Command, Option } from 'commander';
import { type BoreholeReading, createBorehole } from '../borehole/borehole.ts';
import { type CsvLayout, csvHeader, csvLine } from '../borehole/csv.ts';
import { count, showProgress } from '../progress.ts';
import { pace } from '../replay/pace.ts';
import { publishReadings } from '../replay/publisher.ts';
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
import { concludePublication, linkReporter } from './publish.ts';
import { type ExitCode, exitCodes, runCommand } from './run.ts';

interface BoreholeCommandOptions {
  readonly seed: string;
  readonly start?: number;
  readonly interval: number;
  readonly count?: number;
  readonly from: number;
  readonly faults: number;
  readonly out?: string;
  readonly layout: CsvLayout;
  readonly truth?: boolean;
  readonly broker?: string;
  readonly sensor?: string;
  readonly speed: number;
  readonly window: number;
  readonly timeout: number;
}

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
  if (broker !== undefined && sensor !== undefined) return publish(options, { broker, sensor }, signal);
  return writeCsv(options, signal);
}

/** The arriving readings among the steps asked for, and how many steps are behind. */
function generate(
  options: BoreholeCommandOptions,
  startAt: number,
  steps: number,
  walked: { steps: number },
) {
  const series = createBorehole({
    seed: options.seed,
    startAt,
    intervalMs: options.interval,
    faultsPerMonth: options.faults,
  });
  return (function* (): Generator<BoreholeReading, void, void> {
    for (; walked.steps < steps; walked.steps++) {
      const reading = series.at(options.from + walked.steps);
      if (reading.truth.row === undefined) yield reading;
    }
  })();
}

async function writeCsv(options: BoreholeCommandOptions, signal: AbortSignal): Promise<ExitCode> {
  const steps = options.count ?? 720;
  const { layout, truth = false, out } = options;
  const walked = { steps: 0 };
  let written = 0;
  const progress = showProgress({
    stream: process.stderr,
    done: 'written',
    sample: () => ({ part: walked.steps, total: steps, readings: written }),
  });
  const end = layout === 'logger' ? '\r\n' : '\n';
  function* lines(): Generator<string, void, void> {
    if (layout === 'header') yield csvHeader(truth) + end;
    for (const reading of generate(options, options.start ?? Date.UTC(2017, 0, 1), steps, walked)) {
      yield csvLine(reading, layout, truth) + end;
      written++;
    }
  }
  const source = Readable.from(lines(), { objectMode: true, highWaterMark: 512 });
  try {
    await pipeline(source, out === undefined ? process.stdout : createWriteStream(out), {
      signal,
      end: out !== undefined,
    });
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    const code = (error as NodeJS.ErrnoException).code;
    // Whoever reads our output has seen enough (`| head`): that is an end, not an error.
    if (code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') return exitCodes.done;
    if (out === undefined || code === undefined) throw error;
    throw new WellheadError('CONFIG_INVALID', `cannot write ${out}: ${(error as Error).message}`, {
      cause: error,
      hint: 'Check the folder, its rights and the room on the disk.',
    });
  } finally {
    progress.stop();
  }
  process.stderr.write(`${count(written)} readings written${out === undefined ? '' : ` to ${out}`}\n`);
  return exitCodes.done;
}

async function publish(
  options: BoreholeCommandOptions,
  to: { readonly broker: string; readonly sensor: string },
  signal: AbortSignal,
): Promise<ExitCode> {
  const steps = options.count ?? Number.POSITIVE_INFINITY;
  const startAt = options.start ?? Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const walked = { steps: 0 };
  let acknowledged = 0;
  const progress = showProgress({
    stream: process.stdout,
    done: 'acknowledged',
    sample: () => ({ part: walked.steps, total: options.count, readings: acknowledged }),
  });
  try {
    const summary = await publishReadings(
      pace(generate(options, startAt, steps, walked), { speed: options.speed, signal }),
      {
        brokerUrl: to.broker,
        sensor: to.sensor,
        window: options.window,
        unreachableAfterMs: options.timeout,
        signal,
        onAcknowledged: () => {
          acknowledged++;
        },
        onLink: linkReporter(to.broker, progress),
      },
    );
    progress.stop();
    process.stdout.write(
      `${count(summary.published)} published, ${count(summary.acknowledged)} acknowledged\n`,
    );
    return concludePublication(summary, { brokerUrl: to.broker, timeoutMs: options.timeout });
  } finally {
    progress.stop();
  }
}
