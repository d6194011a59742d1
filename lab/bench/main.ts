// npm run bench: every figure of speed and size that the docs state, in one table.
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { analysis } from './analysis.ts';
import { api } from './api.ts';
import { bridgeLog } from './bridge-log.ts';
import { codec } from './codec.ts';
import { drain } from './drain.ts';
import { intake } from './intake.ts';
import { kafkaLog } from './kafka-log.ts';
import { logDuckdb } from './log-duckdb.ts';
import { memory } from './memory.ts';
import { mqttElasticsearch } from './mqtt-elasticsearch.ts';
import type { Figure, Row } from './row.ts';
import { shesd } from './shesd.ts';
import { split } from './split.ts';
import { stl } from './stl.ts';
import { store20m } from './store-20m.ts';
import { web } from './web.ts';

const rows: readonly Row[] = [
  codec,
  memory,
  intake,
  bridgeLog,
  logDuckdb,
  drain,
  store20m,
  api,
  kafkaLog,
  mqttElasticsearch,
  split,
  stl,
  shesd,
  analysis,
  web,
];
const ids = rows.flatMap((row) => row.ids);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const only = [...values.only, ...positionals].flatMap((text) => text.split(',')).filter(Boolean);
const unknown = only.filter((id) => !ids.some((known) => known === id || known.startsWith(`${id}.`)));

if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no row ${unknown.join(', ')}.\n\n`);
  process.stdout.write(`npm run bench [-- --only ROW… --json FILE]

Rows (a first word such as "intake" takes all of its rows):
${ids.map((id) => `  ${id}`).join('\n')}
`);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const wanted = rows.filter(
    (row) =>
      only.length === 0 ||
      row.ids.some((id) => only.some((name) => id === name || id.startsWith(`${name}.`))),
  );
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  process.stdout.write(`${machine}\n`);
  const figures: Figure[] = [];
  const failed: string[] = [];
  for (const row of wanted) {
    const say = (text: string) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${row.title}: ${text}`);
    };
    say('…');
    try {
      figures.push(...(await row.run(say)));
    } catch (error) {
      // What was measured before it, and what comes behind it, is not thrown away for one row.
      failed.push(`${row.title}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  }
  process.stdout.write(`${table(figures)}\n`);
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ machine, at: new Date().toISOString(), rows: figures }, null, 2)}\n`,
    );
  }
  if (failed.length > 0) {
    process.stdout.write(`Not measured:\n${failed.map((line) => `  ${line}`).join('\n')}\n`);
    process.exitCode = 1;
  }
}

function table(figures: readonly Figure[]): string {
  const cells = figures.map(({ id, value, unit, runs, reference }) => [
    id,
    readable(value),
    unit,
    runs.length > 1
      ? `${readable(Math.min(...runs))} to ${readable(Math.max(...runs))} in ${runs.length}`
      : '1 run',
    reference,
  ]);
  const all = [['row', 'median', 'unit', 'range', 'reference'], ...cells];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function readable(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-GB');
  return value.toFixed(value >= 10 ? 1 : 2);
}
