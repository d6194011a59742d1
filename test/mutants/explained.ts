// Changes that no test can notice, since they change nothing anybody could see: kept by hand, each with the reason.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.array(
  z.strictObject({
    file: z.string(),
    original: z.string(),
    replacement: z.string(),
    why: z.string().min(10),
  }),
);

/** The reason for a change, by its file and its text before and after. */
export type Explained = (file: string, original: string, replacement: string) => string | undefined;

export function readExplained(): Explained {
  const entries = schema.parse(parse(readFileSync(new URL('explained.yaml', import.meta.url), 'utf8')) ?? []);
  const key = (...parts: string[]) => JSON.stringify(parts);
  const reasons = new Map(
    entries.map(({ file, original, replacement, why }) => [key(file, original, replacement), why]),
  );
  return (file, original, replacement) => reasons.get(key(file, original, replacement));
}
