// npm run bench:detect: detectors on series whose truth is known, replayed without a look ahead.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { sources } from './all-series.ts';
import { listEvents } from './event-list.ts';
import { borehole3Picture } from './pictures.ts';
import { kindTable, recallByKind } from './recall-by-kind.ts';
import { reportOf, reportText } from './report.ts';
import { type Result, resultOf } from './result.ts';
import { createSystems } from './systems.ts';
import { aligned, tableOf } from './table.ts';
import { writeDocs } from './write-docs.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    system: { type: 'string', multiple: true, default: [] },
    part: { type: 'string' },
    json: { type: 'string' },
    picture: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
    'list-events': { type: 'boolean', default: false },
    'list-hits': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const split = (texts: readonly string[]) => texts.flatMap((text) => text.split(',')).filter(Boolean);
const only = split([...values.only, ...positionals]);
const wantedSystems = split(values.system);
const systems = createSystems();
const isPartial = only.length > 0 || wantedSystems.length > 0;
const unknown = [
  ...only.filter((name) => !sources.some(({ id }) => id.startsWith(name))),
  ...wantedSystems.filter((name) => !systems.some(({ id }) => id === name)),
];

if (values['write-docs'] && isPartial) {
  process.stderr.write(
    'The page tells of all series and systems: --write-docs goes without --only and --system.\n',
  );
  process.exitCode = 2;
} else if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no series or system ${unknown.join(', ')}.\n\n`);
  process.stdout.write(`npm run bench:detect [-- OPTIONS]

  --only SERIES…       only series whose names begin so
  --system ID…         only these systems
  --part PART          only the training or the held-out part
  --list-events        every false event and every missed label
  --list-hits          those and what was right
  --json FILE          the figures, as \`npm run bench\` writes them
  --picture FILE       an SVG of EMB3, conductivity, February 2017
  --write-docs         docs/detection.md with its figures and pictures; all series and systems

Series: ${sources.map(({ id }) => id).join(', ')}
Systems: ${systems.map(({ id, title }) => `\n  ${id.padEnd(19)} ${title}`).join('')}
`);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const isWanted = (id: string, wanted: readonly string[]) =>
    wanted.length === 0 || wanted.some((name) => id.startsWith(name));
  const chosen = sources.filter(({ id }) => isWanted(id, only));
  const running = systems.filter(({ id }) => wantedSystems.length === 0 || wantedSystems.includes(id));
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value}/{total} {what}',
    barsize: 24,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    linewrap: false,
  });
  bar.start(chosen.length * running.length, 0, { what: '' });
  const results: Result[] = [];
  const lists: string[] = [];
  const absent: string[] = [];
  for (const source of chosen) {
    const loaded = source.load();
    if (loaded.length === 0) absent.push(source.id);
    for (const system of running) {
      bar.update({ what: `${source.id}: ${system.title}` });
      for (const series of loaded) {
        const result = resultOf(series, system);
        results.push(result);
        if (values['list-events'] || values['list-hits']) {
          const listed = listEvents(result, { hits: values['list-hits'], part: values.part });
          lists.push(`\n${series.title}, ${system.title}: ${listed.length} lines`, ...listed);
        }
      }
      bar.increment();
      await new Promise(setImmediate);
    }
  }
  bar.stop();
  if (absent.length > 0)
    process.stdout.write(`Not there, so not measured (../shared/data): ${absent.join(', ')}\n`);
  if (lists.length > 0) process.stdout.write(`${lists.join('\n')}\n\n`);
  const report = reportOf(results);
  const shown = report.lines.filter(({ part }) => values.part === undefined || part === values.part);
  const kinds = kindTable(recallByKind(results, values.part));
  process.stdout.write(`${tableOf(shown)}\n\n${aligned(kinds, 1).join('\n')}\n`);
  for (const { system, group, runs, count } of report.dropouts)
    process.stdout.write(
      `${group}: ${system} tells ${count} process alerts because of ${runs} runs of zeros\n`,
    );
  if (values.json !== undefined) writeFileSync(values.json, reportText(report));
  const picture = values.picture === undefined ? undefined : borehole3Picture(systems);
  if (picture !== undefined) writeFileSync(values.picture!, picture);
  if (values['write-docs']) process.stdout.write(`${writeDocs(report, systems).join('\n')}\n`);
}
