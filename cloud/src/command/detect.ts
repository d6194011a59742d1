// wellhead-cloud detect: anomalies in a CSV file, without a server.
import { Command } from 'commander';
import { groupEvents } from '../analysis/detector/group-events.ts';
import { choosePeriod } from '../analysis/detector/shesd/choose-period.ts';
import { Unsuitable } from '../analysis/detector/unsuitable.ts';
import { plotSeries } from '../analysis/plot/plot-series.ts';
import { readTable } from '../analysis/table/read-table.ts';
import { TableProblem } from '../analysis/table/table-problem.ts';
import { findColumn, numbersOf, requireOrder, timesOf } from '../analysis/table/take-column.ts';
import { nameOf, readText, savePlot } from './detect-files.ts';
import { addDetectOptions, type DetectOptions } from './detect-options.ts';
import { type Column, findEvents } from './find-events.ts';
import { eventsAsJson, findingsAsJson } from './findings-as-json.ts';
import { reportEvents } from './report-events.ts';
import { type Findings, reportFindings } from './report-findings.ts';
import { searchAnomalies } from './search-anomalies.ts';

/** Exit 2 for a file, a column or options to mend. */
const toMend = 2;

export function detectCommand(): Command {
  return addDetectOptions(new Command('detect'))
    .description('Look for anomalies in a CSV file.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : toMend))
    .action((file: string, options: DetectOptions, { args }: Command) => {
      try {
        if (args.length > 1) throw new TableProblem(reportExcess(args, options));
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
  const name = table.header?.[column] ?? `column ${column + 1}`;
  if (options.detector === 'shesd' && (options.type ?? options.property) !== undefined)
    throw new TableProblem(
      '--type and --property belong to --detector wellhead: add that, or leave them out.',
    );
  if (options.property !== undefined && options.type === undefined)
    throw new TableProblem('--property needs --type, the sensor type that it is of.');
  if (options.detector === 'wellhead') {
    detectEvents(file, { name, values, times }, options);
    return;
  }
  if (times !== undefined) requireOrder(times);
  const period = choosePeriod(values, times, options.period);
  const anomalies = searchAnomalies(values, times, period.values, options);
  const findings: Findings = {
    file: nameOf(file),
    column: name,
    values,
    times,
    period,
    anomalies,
    events: groupEvents(anomalies),
  };
  if (options.plot !== undefined) writePlot(options.plot, findings);
  process.stdout.write(
    options.json ? `${JSON.stringify(findingsAsJson(findings))}\n` : reportFindings(findings, options),
  );
}

function reportExcess(args: readonly string[], { missing }: DetectOptions): string {
  const named = `One file is looked at, but ${args.length} words are there that belong to no option: ${args.join(', ')}.`;
  if (missing === undefined) return `${named} Put names with spaces in quotes.`;
  return `${named} --missing takes one word, several codes with commas between them: --missing 0,99999.`;
}

function detectEvents(file: string, column: Column, options: DetectOptions): void {
  const { name, values, times } = column;
  const { events, leftOut } = findEvents(column, options);
  if (options.plot !== undefined) {
    const bands = events.map(({ start, end, event }) => ({
      start,
      end,
      kind: event.kind,
      text: `${event.kind}: ${event.cause}. ${event.evidence[0]?.text ?? ''}`,
    }));
    const series = { title: `${nameOf(file)}: ${name}`, label: name, values, anomalies: [], bands };
    savePlot(options.plot, plotSeries({ ...series, ...(times && { times }) }));
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify(eventsAsJson(column, events))}\n`
      : reportEvents({ file: nameOf(file), ...column, events, leftOut }, options.plot),
  );
}

/** One column, or two joined by `+`; a name with a `+` in it goes first. */
function timeColumnsOf(wanted: string, table: ReturnType<typeof readTable>): number[] {
  const isName = table.header?.some((name) => name.toLowerCase() === wanted.toLowerCase()) ?? false;
  return (isName ? [wanted] : wanted.split('+')).map((name) => findColumn(table, name.trim()));
}

function writePlot(file: string, { file: source, column, values, times, anomalies }: Findings): void {
  const series = { title: `${source}: ${column}`, label: column, values, anomalies };
  savePlot(file, plotSeries({ ...series, ...(times && { times }) }));
}
