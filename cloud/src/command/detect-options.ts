// What `wellhead-cloud detect` may be reported, and the page that teaches it.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { usualAlarmsPerYear } from '../analysis/detector/sensor-detector.ts';

export interface DetectOptions {
  readonly column: string;
  readonly time?: string;
  readonly missing?: readonly string[];
  readonly detector: 'shesd' | 'wellhead';
  readonly period?: number;
  readonly maxAnoms: number;
  readonly direction: 'both' | 'pos' | 'neg';
  readonly alpha: number;
  readonly longterm?: number;
  readonly threshold?: 'med_max' | 'p95' | 'p99';
  /** `true` for the last period. */
  readonly onlyLast?: true | 'day' | 'hr';
  readonly eValue?: boolean;
  readonly removeTrend?: boolean;
  readonly madFloor: number;
  readonly type?: string;
  readonly property?: string;
  readonly alarmsPerYear: number;
  readonly json?: boolean;
  readonly plot?: string;
}

export function addDetectOptions(command: Command): Command {
  return (
    command
      // Those beyond the file are answered with what is meant.
      .allowExcessArguments()
      .argument('<file>', 'CSV file, with or without a header; - reads standard input')
      .requiredOption('--column <name|number>', 'the values: a name in the header, or a number from 1')
      .option('--time <name|number>', 'the times; a date and a clock in two columns are 1+2')
      .option('--missing <codes>', 'more codes for missing values, with commas between: 0,99999', codes)
      .addOption(
        new Option('--detector <name>', 'how to look: shesd as published, or wellhead for few false alarms')
          .choices(['shesd', 'wellhead'])
          .default('shesd'),
      )
      .option('--period <values>', 'values in one cycle, for instance 24 for a day of hours', wholeNumber)
      .option('--max-anoms <share>', 'largest share of anomalies, up to 0.49', fraction, 0.1)
      .addOption(
        new Option('--direction <side>', 'look for high values, low ones, or both')
          .choices(['both', 'pos', 'neg'])
          .default('pos'),
      )
      .option('--alpha <level>', 'level of significance', fraction, 0.05)
      .option('--longterm <values>', 'judge blocks of so many values by themselves', wholeNumber)
      .addOption(
        new Option(
          '--threshold <height>',
          'keep what reaches this over the highest values of all days',
        ).choices(['med_max', 'p95', 'p99']),
      )
      .addOption(
        new Option(
          '--only-last [span]',
          'report only the last period, or with --time of the last day or hour',
        ).choices(['day', 'hr']),
      )
      .option('--e-value', 'expected values as published: cut to integers')
      .option('--remove-trend', 'not as published: take the trend off before looking')
      .option(
        '--mad-floor <size>',
        'not as published: no scatter counts as smaller, e.g. the resolution',
        size,
        0,
      )
      .option('--type <name>', 'wellhead: sensor type of the column, for its quality tests and resolution')
      .option('--property <name>', 'wellhead: which of its properties; the name of the column unless said')
      .option(
        '--alarms-per-year <number>',
        'wellhead: false alarms you would accept',
        size,
        usualAlarmsPerYear,
      )
      .option('--json', 'the result as JSON')
      .option('--plot <file.svg>', 'draw the series with its anomalies')
      .addHelpText('after', examples)
  );
}

const examples = `
Looks for values that do not fit the rest. No server is needed. Two ways:
- shesd: Seasonal Hybrid ESD takes a repeating cycle off and tests what stands out from the median
  (Hochenbaum, Vallis & Kejariwal 2017). All options but those marked wellhead are its own.
- wellhead: looks at one reading after the other, as the cloud does, and tells of episodes: faults of the
  sensor apart from what the water did, each with its evidence in words. It needs no tuning.

Without --period it is one day of values (a week of daily ones) if there are times; else the
strongest cycle in the file, if there is a significant one.
Missing values are empty cells, (na), NA, NaN and the like. They are never anomalies.

Examples:
  All anomalies of a column, high and low:
    wellhead-cloud detect borehole.csv --column level --time time --direction both
  A logger's file without a header, date and clock in two columns, 0 and 99999 for failures:
    wellhead-cloud detect 61402.csv --column 5 --time 1+2 --missing 0,99999 --direction both
  Episodes instead of points, faults reported apart:
    wellhead-cloud detect borehole.csv --column level --time time --detector wellhead --plot level.svg
  The same with the quality tests of a sensor type, 0 and 99999 then being failures by themselves:
    wellhead-cloud detect 61402.csv --column 3 --time 1+2 --detector wellhead --type groundwater --property sec
  A picture to look at, and the result for a program:
    wellhead-cloud detect borehole.csv --column 2 --period 24 --plot level.svg --json
  Too many? A slope and a quiet sensor are the usual causes:
    wellhead-cloud detect borehole.csv --column level --time time --remove-trend --mad-floor 0.01

Rows are counted from 0, without the header. What to make of the result: docs/scientist.md`;

/** Of one word with commas, after those of the words before. */
function codes(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').map((code) => code.trim())];
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return value;
}

function fraction(text: string): number {
  const value = Number(text);
  if (!(text.trim() !== '' && value > 0 && value < 1))
    throw new InvalidArgumentError('It must lie between 0 and 1.');
  return value;
}

function size(text: string): number {
  const value = Number(text);
  if (!(text.trim() !== '' && value >= 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It must be a number from 0 on.');
  return value;
}
