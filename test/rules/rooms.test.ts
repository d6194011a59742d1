// Who may import whom: between workspaces, between the rooms of each, and between files.
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { findCircles } from './circles.ts';
import { edges, pure, roots, workspaces } from './rooms.ts';
import { isForTests, readSources, type Source } from './sources.ts';

const sources = readSources();
const ours = sources.filter(({ path }) => !isForTests(path));

const roomOf = (path: string) => (roots.includes(path) ? path : dirname(path));
const workspaceOf = (path: string) => path.split('/')[0]!;

it('no files import each other in a circle, tests and their parts included', () => {
  expect(findCircles(new Map(sources.map(({ path, imports }) => [path, imports])))).toEqual([]);
});

it.each(Object.entries(workspaces))('%s imports only what it may', (workspace, allowed) => {
  const wrong: string[] = [];
  for (const { path, text, imports } of sources.filter((source) => workspaceOf(source.path) === workspace)) {
    for (const [, name] of text.matchAll(/'@wellhead\/([a-z]+)[^']*'/g))
      if (name !== workspace && !allowed.includes(name!)) wrong.push(`${path} imports ${name}`);
    for (const target of imports)
      if (workspaceOf(target) !== workspace) wrong.push(`${path} imports ${target}`);
  }
  expect(wrong).toEqual([]);
});

it('rooms import only the rooms that are listed for them, and every listed one is imported', () => {
  expect(edgesOf(ours)).toEqual(edges);
});

it('the list of rooms leads one way: no room reaches itself', () => {
  const graph = new Map(Object.entries(edges).map(([room, targets]) => [room, targets.split(' ')]));
  expect(findCircles(graph)).toEqual([]);
});

it('nothing imports a root but another root', () => {
  const wrong = ours.flatMap(({ path, imports }) =>
    imports
      .filter((target) => roots.includes(target) && !roots.includes(path))
      .map((target) => `${path} imports ${target}`),
  );
  // The list of drivers is read by the configuration and by the gateway: it is a root and a list at once.
  expect(wrong.filter((line) => !line.endsWith('/driver/registry.ts'))).toEqual([]);
});

it('the dashboard imports api/answer of the cloud and nothing else', () => {
  const wrong = ours
    .filter(({ path }) => path.startsWith('cloud/web/'))
    .flatMap(({ path, imports }) => imports.map((target) => ({ path, target })))
    .filter(({ target }) => !/^cloud\/(web|src\/api\/answer)\//.test(target));
  expect(wrong).toEqual([]);
});

it('the API knows no store by name', () => {
  const wrong = ours
    .filter(({ path }) => path.startsWith('cloud/src/api/') || path.startsWith('cloud/src/overview/'))
    .filter(({ text }) => /from '[^']*(duckdb|elasticsearch)/.test(text))
    .map(({ path }) => path);
  expect(wrong).toEqual([]);
});

it('only the dashboard imports the DOM library', () => {
  const wrong = sources
    .filter(({ path }) => !path.startsWith('cloud/web/'))
    .filter(({ text }) => /from '(preact|uplot)/.test(text));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

const impure = [
  { what: 'imports a part of Node', pattern: /from 'node:/ },
  { what: 'reads the clock', pattern: /\bDate\.now\(|\bperformance\.now\(|new Date\(\)/ },
  { what: 'rolls dice', pattern: /\bMath\.random\(/ },
  { what: 'starts a timer', pattern: /\bset(Timeout|Interval|Immediate)\(/ },
];

it('pure rooms import nothing of Node, read no clock, roll no dice, start no timer', () => {
  const wrong: string[] = [];
  for (const place of pure) {
    const there = ours.filter(({ path }) => path === place || path.startsWith(`${place}/`));
    expect(there.length, `${place} is a room or a file`).toBeGreaterThan(0);
    for (const { path, text } of there)
      for (const { what, pattern } of impure) if (pattern.test(text)) wrong.push(`${path} ${what}`);
  }
  expect(wrong).toEqual([]);
});

/** Room by room, the others it imports, in order and divided by blanks. */
function edgesOf(files: readonly Source[]): Record<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const room = roomOf(path);
    for (const target of imports) {
      if (roomOf(target) === room) continue;
      const targets = found.get(room) ?? new Set();
      found.set(room, targets.add(roomOf(target)));
    }
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([room, targets]) => [room, [...targets].sort().join(' ')]));
}
