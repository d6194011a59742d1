// Imports go one way only, and the pure rooms stay pure.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../harness/program.ts';

/** What each workspace may import of Wellhead. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  host: ['protocol'],
  edge: ['protocol', 'host'],
  cloud: ['protocol', 'host'],
  sim: ['protocol'],
};

/** No files, no sockets, no clock, no chance: these come in as arguments. */
const pure = [
  'protocol/src',
  'edge/src/decode',
  'sim/src/borehole',
  'cloud/src/analysis/mathematics',
  'cloud/src/analysis/detector',
  'cloud/src/analysis/event',
  'cloud/src/analysis/fault',
  'cloud/src/analysis/table',
  'cloud/src/analysis/plot',
  'cloud/src/analysis/runner/life.ts',
  'cloud/src/analysis/runner/quarter.ts',
  'cloud/src/analysis/runner/settings-of.ts',
  'cloud/src/analysis/runner/site-spans.ts',
  'cloud/src/analysis/runner/watched-detector.ts',
  'edge/src/uplink/plan.ts',
  'edge/src/uplink/window.ts',
];
const impure = [
  { what: 'imports a part of Node', pattern: /from 'node:/ },
  { what: 'reads the clock', pattern: /\bDate\.now\(|\bperformance\.now\(|new Date\(\)/ },
  { what: 'rolls dice', pattern: /\bMath\.random\(/ },
  { what: 'starts a timer', pattern: /\bset(Timeout|Interval|Immediate)\(/ },
];

function sources(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .filter((file) => !/node_modules|\/dist\//.test(file));
}

const isTest = (file: string) =>
  /\.test\.tsx?$|\.contract\.ts$|\.samples\.ts$|\/test\/|killable-broker/.test(file);

it.each(Object.keys(allowed))('%s imports only what it may', (workspace) => {
  const wrong: string[] = [];
  for (const file of sources(workspace)) {
    const text = readFileSync(join(repository, file), 'utf8');
    for (const [, name] of text.matchAll(
      /from '@wellhead\/([a-z]+)[^']*'|import\('@wellhead\/([a-z]+)[^']*'\)/g,
    )) {
      if (name !== undefined && name !== workspace && !allowed[workspace]!.includes(name))
        wrong.push(`${file} imports ${name}`);
    }
    for (const [, path] of text.matchAll(/from '(\.\.?\/[^']+)'/g)) {
      const target = relative(repository, join(repository, file, '..', path!));
      if (!target.startsWith(`${workspace}/`)) wrong.push(`${file} imports ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});

it('pure rooms import nothing of Node, read no clock, roll no dice, start no timer', () => {
  const wrong: string[] = [];
  for (const room of pure) {
    for (const file of room.endsWith('.ts') ? [room] : sources(room)) {
      if (isTest(file)) continue;
      const text = readFileSync(join(repository, file), 'utf8');
      for (const { what, pattern } of impure) if (pattern.test(text)) wrong.push(`${file} ${what}`);
    }
  }
  expect(wrong).toEqual([]);
});

it('only the dashboard imports the DOM library', () => {
  const wrong = Object.keys(allowed)
    .flatMap(sources)
    .filter((file) => !file.startsWith('cloud/web/'))
    .filter((file) => /from '(preact|uplot)/.test(readFileSync(join(repository, file), 'utf8')));
  expect(wrong).toEqual([]);
});
