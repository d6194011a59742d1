// wellhead-cloud detect: anomalies in a CSV file, without a server.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { Anomaly } from '../analysis/detector/anomaly.ts';
import { groupEvents } from '../analysis/detector/group-events.ts';
import { choosePeriod } from '../analysis/detector/shesd/choose-period.ts';
import { detectInSeries } from '../analysis/detector/shesd/detect-in-series.ts';
import { detectInTime } from '../analysis/detector/shesd/detect-in-time.ts';
import { Unsuitable } from '../analysis/detector/unsuitable.ts';
import { plotSeries } from '../analysis/plot/plot-series.ts';
import { readTable } from '../analysis/table/read-table.ts';
import { TableProblem } from '../analysis/table/table-problem.ts';
import { findColumn, numbersOf, timesOf } from '../analysis/table/take-column.ts';
import { addDetectOptions, type DetectOptions } from './detect-options.ts';
import { type Findings, reportFindings } from './report-findings.ts';

/** Exit 2 for a file, a column or options to mend. */
const toMend = 2;

export function detectCommand(): Command {
  return addDetectOptions(new Command('detect'))
    .description('Look for anomalies in a CSV file.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : toMend))
    .action((file: string, options: DetectOptions) => {
      try {
        detect(file, options);
      } catch (error) {
        if (!(error instanceof TableProblem || error instanceof Unsuitable)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = toMend;
      }
    });
}

function detect(file: string, options: DetectOptions): void {
  const table = readTable(readText(file));
  const column = findColumn(table, options.column);
  const values = numbersOf(table, column, options.missing);
  const timeColumns = options.time === undefined ? undefined : timeColumnsOf(options.time, table);
  const times = timeColumns && timesOf(table, timeColumns);
  const period = choosePeriod(values, times, options.period);
  const anomalies = search(values, times, period.values, options);
  const findings: Findings = {
    file: file === '-' ? 'standard input' : basename(file),
    column: table.header?.[column] ?? `column ${column + 1}`,
    values,
    times,
    period,
    anomalies,
    events: groupEvents(anomalies),
  };
  if (options.plot !== undefined) writePlot(options.plot, findings);
  process.stdout.write(
    options.json ? `${JSON.stringify(asJson(findings))}\n` : reportFindings(findings, options),
  );
}

function search(
  values: Float64Array,
  times: Float64Array | undefined,
  period: number,
  options: DetectOptions,
): Anomaly[] {
  const { maxAnoms, direction, alpha, threshold, longterm, onlyLast, eValue, removeTrend, madFloor } =
    options;
  const shared = {
    period,
    maxAnoms,
    direction,
    alpha,
    ...(threshold && { threshold }),
    removeTrend: removeTrend === true,
    smallestMad: madFloor,
    exactExpected: !eValue,
    bridgeGaps: true,
  };
  const isLastPeriod = onlyLast === true;
  if (times !== undefined && !isLastPeriod) {
    return detectInTime(times, values, {
      ...shared,
      ...(longterm !== undefined && { longterm: { values: longterm } }),
      ...(onlyLast !== undefined && { onlyLast }),
    });
  }
  if (onlyLast !== undefined && !isLastPeriod)
    throw new TableProblem(`--only-last ${onlyLast} needs the times of the values: add --time.`);
  return detectInSeries(values, {
    ...shared,
    ...(longterm !== undefined && { longterm }),
    onlyLast: isLastPeriod,
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new TableProblem(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** One column, or two joined by `+`; a name with a `+` in it goes first. */
function timeColumnsOf(wanted: string, table: ReturnType<typeof readTable>): number[] {
  const isName = table.header?.some((name) => name.toLowerCase() === wanted.toLowerCase()) ?? false;
  return (isName ? [wanted] : wanted.split('+')).map((name) => findColumn(table, name.trim()));
}

function writePlot(file: string, { file: source, column, values, times, anomalies }: Findings): void {
  const svg = plotSeries({
    title: `${source}: ${column}`,
    label: column,
    values,
    ...(times && { times }),
    anomalies,
  });
  try {
    writeFileSync(file, svg);
  } catch (error) {
    throw new TableProblem(`The plot cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

function asJson({ values, times, period, anomalies, events }: Findings): object {
  return {
    n: values.length,
    period: period.values,
    anomalies: anomalies.map(({ index, value, expected }) => ({
      index,
      time: times === undefined ? null : new Date(times[index]!).toISOString(),
      value,
      expected,
    })),
    events,
  };
}
