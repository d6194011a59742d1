// What docs/mutants.json and test/mutants/explained.yaml say is about code that is there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { repository } from '../harness/program.ts';
import { folders } from '../mutants/folders.ts';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const lineOf = (text: string) => text.replace(/\s+/g, ' ');

it('every explanation is of a text that stands in its file', () => {
  const explained = parse(read('test/mutants/explained.yaml')) as { file: string; original: string }[];
  const stale = explained.filter(
    ({ file, original }) => !lineOf(read(file)).includes(original.replace(/…$/, '')),
  );
  expect(stale).toEqual([]);
});

it('results are kept of folders that are tried', () => {
  const kept = Object.keys(JSON.parse(read('docs/mutants.json')) as object);
  const tried = folders.map(({ name }) => name);
  expect(kept.filter((name) => !tried.includes(name))).toEqual([]);
});
