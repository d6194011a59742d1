// The page of figures, from the last run of the bench that was kept (docs/figures.json).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Figures {
  readonly machine: string;
  readonly at: string;
  readonly rows: readonly {
    readonly id: string;
    readonly value: number;
    readonly unit: string;
    readonly runs: readonly number[];
    readonly reference: string;
  }[];
}

export function figuresPage(): string {
  const file = fileURLToPath(new URL('figures.json', import.meta.url));
  const { machine, at, rows } = JSON.parse(readFileSync(file, 'utf8')) as Figures;
  const cells = rows.map(
    ({ id, value, unit, runs, reference }) =>
      `| \`${id}\` | ${readable(value)} | ${unit} | ${runs.length > 1 ? `${readable(Math.min(...runs))} to ${readable(Math.max(...runs))} in ${runs.length}` : '1 run'} | ${reference} |`,
  );
  return `<!-- Made by \`npm run docs\` from docs/figures.json, which \`npm run bench -- --json docs/figures.json\` writes. -->

# Figures

Measured on ${at.slice(0, 10)}: ${machine}. Programs, clients and peers share these cores, and the machine is shared with others: read the medians and the ratios to what stands beside them.

| row | median | unit | range | reference |
|---|---|---|---|---|
${cells.join('\n')}

\`npm run bench\` repeats all of it; \`npm run bench -- --only intake\` a part.

What the rows say: \`intake.*\` is the time from a sensor’s PUBLISH to its PUBACK, which comes after the synced write, with so many messages in flight; \`bridge.log\` from a gateway’s batch to its PUBACK after the synced append; \`log.duckdb\` from the log to a committed transaction; \`drain.end-to-end\` from the moment the link is back until the last of 200,000 readings can be asked for.
`;
}

function readable(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-GB');
  return value.toFixed(value >= 10 ? 1 : 2);
}
