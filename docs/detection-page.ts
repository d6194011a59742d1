// The page about detection, from the last run that was kept (docs/detection-figures.json).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Report } from '../lab/detect/report.ts';
import { detectionProtocol } from './detection-protocol.ts';

/** In JSON there is no NaN: a score that does not exist is null. */
type Value = number | null;
type Line = Report['lines'][number];

export function detectionPage(): string {
  const file = fileURLToPath(new URL('detection-figures.json', import.meta.url));
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return `<!-- Made by \`npm run docs\` from docs/detection-figures.json, which \`npm run bench:detect -- --write-docs\` writes. -->

# Detection, measured

How our detector does on series whose truth is known, beside Seasonal Hybrid ESD (S-H-ESD) as it is usually run on boreholes. Measured on ${report.at.slice(0, 10)}. \`npm run bench:detect\` repeats all of it; \`npm run bench:detect -- --list-events\` shows every false and every missed event.

In short: at about a twentieth of the false events it finds no fewer of the labelled ones, it tells faults of the sensor from what the water did, and runs of zeros never alarm anybody as if they were water. It is worse where a step is small or lasts a single reading (told as a fault, if at all), and labelled events are few, so the intervals are wide. \`recall by chance\` is what the same events would hit on labels moved in time, \`own\` counts only labels at whose beginning an event began, F0.5 weighs precision twice as much as recall, \`time inside\` is the share of time that lies within events.

${report.systems.map(({ id, title }) => `- \`${id}\`: ${title}`).join('\n')}

## Six labelled files

Held out: no setting was chosen for these. Their figures were seen while the others were tuned, so they are not as blind as the word promises.

${scoreTable(report, 'all labelled', 'held-out')}

Training: the settings were chosen by these, so they flatter us.

${scoreTable(report, 'all labelled', 'training')}

![Recall against false events per sensor-month](pictures/detection-recall.svg)

Most of these labels are faults of the instrument, and the files do not say which: any kind of event that lies on a label is right. The rivers among them have real floods, which nobody labelled and which count as false.

## Two real boreholes without labels

The only truth here are the loggers’ own codes for a failed measurement. Told as a fault they are right; everything else counts as false, though the sondes seem to have been lifted and serviced in that time.

${scoreTable(report, 'all bgs', 'held-out')}

## Generated boreholes

Without any fault, all parts together; real recharge is among the hard parts, and whatever is told is false:

${scoreTable(report, 'all generated-clean', 'both')}

With faults of nine kinds:

${scoreTable(report, 'all generated-faulty', 'both')}

With process events put in, which must be told as a process:

${scoreTable(report, 'all injected', 'both')}

![Process events](pictures/detection-process.svg)

![Faults](pictures/detection-faults.svg)

## Zeros

A logger that says 0 has failed. No run of zeros may be told as something the water did.

| sensor | system | runs of zeros | process alerts because of them |
|---|---|---|---|
${report.dropouts
  .map(
    ({ group, system, runs, count }) =>
      `| ${group === 'dropout' ? 'type known' : 'no type, one column'} | \`${system}\` | ${runs} | ${count} |`,
  )
  .join('\n')}

## Labels found, by kind

${kindTable(report)}

## What is worse

${worse(report)}

${detectionProtocol}
`;
}

function scoreTable({ lines }: Report, series: string, part: string): string {
  const here = lines.filter((line) => line.series === series && line.part === part);
  const [first] = here;
  if (first === undefined) return '*Not measured: the data were not there.*';
  const head =
    '| system | false events per sensor-month | precision | recall | by chance | own | F0.5 | delay, samples | alerts per hit | time inside | process only: false | precision | recall |';
  const rows = here.map(({ system, all, process, intervals }) => {
    const cells = [
      `\`${system}\``,
      ...[
        withInterval(all.falsePerMonth, intervals.falsePerMonth),
        withInterval(all.precision, intervals.precision),
      ],
      ...[
        withInterval(all.recall, intervals.recall),
        number(all.chance),
        number(all.ownRecall),
        number(all.f05),
      ],
      ...[number(all.delay, 0), number(all.alertsPerEvent), percent(all.shareOfTime)],
      ...[number(process.falsePerMonth), number(process.precision), number(process.recall)],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const size = `${number(first.all.months, 1)} sensor-months, ${first.all.labels} labels; in brackets 95 % intervals.`;
  return [head, '|---|---|---|---|---|---|---|---|---|---|---|---|---|', ...rows, '', size].join('\n');
}

function kindTable({ kinds, systems }: Report): string {
  const head = `| in | kind | ${systems.map(({ id }) => `\`${id}\``).join(' | ')} |`;
  const rows = kinds.map(
    ({ group, what, found }) =>
      `| ${group} | ${what} | ${found.map(({ hits, labels }) => `${hits} of ${labels}`).join(' | ')} |`,
  );
  return [head, `|${'---|'.repeat(2 + systems.length)}`, ...rows].join('\n');
}

/** Where S-H-ESD, its points grouped, finds more than we do: told by the figures, not by hand. */
function worse({ lines, kinds }: Report): string {
  const peer = 'shesd-events';
  const lost = lines.flatMap((line) => {
    const other = lines.find(
      ({ system, series, part }) => system === peer && series === line.series && part === line.part,
    );
    if (line.system !== 'wellhead' || other === undefined || !(other.all.recall > line.all.recall)) return [];
    return [
      `- ${line.series}, ${line.part}: recall ${number(line.all.recall)} against ${number(other.all.recall)} (by chance ${number(line.all.chance)} and ${number(other.all.chance)}, with ${percent(line.all.shareOfTime)} and ${percent(other.all.shareOfTime)} of the time inside events)`,
    ];
  });
  const missed = kinds.flatMap(({ group, what, found }) => {
    const of = (id: string) => found.find(({ system }) => system === id);
    const [ours, theirs] = [of('wellhead'), of(peer)];
    if (ours === undefined || theirs === undefined || theirs.hits <= ours.hits) return [];
    return [`- ${group}, ${what}: ${ours.hits} of ${ours.labels} against ${theirs.hits}`];
  });
  const all = [...lost, ...missed];
  if (all.length === 0) return 'Nothing in these series: where S-H-ESD finds something, so do we.';
  return `S-H-ESD with its points grouped finds more here. A recall near the one by chance says little: who marks half of the time finds half of everything.

${all.join('\n')}`;
}

function withInterval(value: Value, [low, high]: readonly [Value, Value]): string {
  return value === null ? '–' : `${number(value)} (${number(low)}–${number(high)})`;
}

function number(value: Value, digits = 2): string {
  return value === null ? '–' : value.toFixed(digits);
}

function percent(value: Line['all']['shareOfTime'] | null): string {
  return value === null ? '–' : `${(100 * value).toFixed(1)} %`;
}
