// What came of the changes in one folder, read from the report of the run and kept in docs/mutants.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Explained } from './explained.ts';

const place = z.object({ line: z.number(), column: z.number() });
const reportSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          status: z.string(),
          replacement: z.string(),
          location: z.object({ start: place, end: place }),
        }),
      ),
    }),
  ),
});

export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
}

export interface FolderOutcome {
  /** Killed, survived and explained. */
  readonly mutants: number;
  /** A test failed, or did not end. */
  readonly killed: number;
  /** Of killed and survived. */
  readonly percent: number;
  readonly survived: readonly Survivor[];
  readonly explained: readonly (Survivor & { readonly why: string })[];
}

const longestText = 200;
type Place = z.infer<typeof place>;

/** The text at a place of the report: lines and columns count from 1, the end is behind the last character. */
function textAt(source: string, start: Place, end: Place): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, end.column - 1);
  lines[0] = lines[0]!.slice(start.column - 1);
  return shorten(lines.join('\n'));
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}

export function readReport(path: string, explain: Explained): FolderOutcome {
  const { files } = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  let killed = 0;
  const survived: Survivor[] = [];
  const explained: (Survivor & { why: string })[] = [];
  for (const [file, { source, mutants }] of Object.entries(files)) {
    for (const { status, replacement, location } of mutants) {
      if (status === 'Killed' || status === 'Timeout') killed++;
      // A change that no test runs is one that none notices.
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const survivor: Survivor = {
        file,
        line: location.start.line,
        original: textAt(source, location.start, location.end),
        replacement: shorten(replacement),
      };
      const why = explain(file, survivor.original, survivor.replacement);
      if (why === undefined) survived.push(survivor);
      else explained.push({ ...survivor, why });
    }
  }
  survived.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  const judged = killed + survived.length;
  const percent = judged === 0 ? 0 : Math.floor((1000 * killed) / judged) / 10;
  return { mutants: judged + explained.length, killed, percent, survived, explained };
}

const page = new URL('../../docs/mutants.json', import.meta.url);

/** Replaces one folder's part of the page; the others stay as their last run left them. */
export function keepOutcome(folder: string, outcome: FolderOutcome): void {
  const before: object = existsSync(page) ? (JSON.parse(readFileSync(page, 'utf8')) as object) : {};
  const sorted = Object.entries({ ...before, [folder]: outcome }).sort(([a], [b]) => a.localeCompare(b));
  writeFileSync(page, `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`);
}
