// Docs and code name the same commands, keys, codes, counters and routes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { routes } from '../../cloud/src/api/routes.ts';
import { detectionPage } from '../../docs/detection-page.ts';
import { figuresPage } from '../../docs/figures-page.ts';
import { referencePages } from '../../docs/reference-pages.ts';
import { repository } from '../harness/program.ts';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const pages = [
  ...readdirSync(repository).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

it('the reference pages are what the schemas say (npm run docs writes them)', () => {
  const expected = referencePages();
  expect(readdirSync(join(repository, 'docs/reference')).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, text] of Object.entries(expected))
    expect(read(`docs/reference/${name}`), name).toBe(text);
  expect(read('docs/figures.md')).toBe(figuresPage());
  expect(read('docs/detection.md')).toBe(detectionPage());
});

it('every npm command in the docs exists, and every script is in the docs', () => {
  const named = new Set<string>();
  for (const page of pages) {
    for (const [, name] of read(page).matchAll(/npm run ([a-z:]+)/g)) named.add(name!);
    for (const [, name] of read(page).matchAll(/npm (start|test)\b/g)) named.add(name!);
  }
  expect([...named].sort()).toEqual(Object.keys(scripts).sort());
});

it('every file the docs link to or name exists', () => {
  const missing: string[] = [];
  for (const page of pages) {
    const text = read(page);
    for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
      if (!existsSync(join(repository, dirname(page), target!))) missing.push(`${page} links to ${target}`);
    }
    for (const [, target] of text.matchAll(/`((?:protocol|host|edge|cloud|sim|test|docs)\/[\w./-]+)`/g)) {
      if (!existsSync(join(repository, target!))) missing.push(`${page} names ${target}`);
    }
  }
  expect(missing).toEqual([]);
});

it('the docs list exactly the routes of the API', () => {
  const inCode = new Set(routes.map(({ path }) => path).filter((path) => path.startsWith('/api/')));
  const inDocs = new Set(
    ['docs/scientist.md', 'docs/cloud-team.md'].flatMap((page) =>
      [...read(page).matchAll(/^\| `(\/api\/[^`?]+)` *\|/gm)].map(([, route]) => route!),
    ),
  );
  expect([...inDocs].sort()).toEqual([...inCode].sort());
});

it('programs that the docs call are programs of the workspaces', () => {
  const programs = new Set(
    ['edge', 'cloud', 'sim'].flatMap((name) =>
      Object.keys((JSON.parse(read(`${name}/package.json`)) as { bin: object }).bin),
    ),
  );
  const named = new Set(
    pages.flatMap((page) => [...read(page).matchAll(/npx (wellhead-[a-z]+)/g)].map(([, name]) => name!)),
  );
  for (const name of named) expect(programs).toContain(name);
});

it('the docs name no error code and no counter that does not exist', () => {
  const reference = Object.values(referencePages()).join('\n');
  const wrong: string[] = [];
  for (const page of pages.filter((name) => !name.startsWith('docs/reference/'))) {
    for (const [, code] of read(page).matchAll(/`([A-Z]+_[A-Z_]+)`/g)) {
      if (!reference.includes(`\`${code}\``) && !code!.startsWith('WELLHEAD_'))
        wrong.push(`${page}: ${code}`);
    }
    for (const [, counter] of read(page).matchAll(/`([a-z_]+_total)`/g)) {
      if (!reference.includes(`\`${counter}\``)) wrong.push(`${page}: ${counter}`);
    }
  }
  expect(wrong).toEqual([]);
});
