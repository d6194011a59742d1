// Every source file of the workspaces, what it imports, and the room it stands in.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { repository } from '../harness/program.ts';

export interface Source {
  /** From the repository, as `edge/src/gateway.ts`. */
  readonly path: string;
  readonly text: string;
  /** Files of ours that it imports, `import type` included. */
  readonly imports: readonly string[];
}

const workspaces = ['protocol', 'host', 'edge', 'cloud', 'sim'];
const folders = [...workspaces.map((name) => `${name}/src`), 'cloud/web/src'];

/** Tests, contract suites and test parts: they may look into every room. */
export const isForTests = (path: string) => /\.(test|contract|testing)\.tsx?$/.test(path);

/** All of them, and those of `more` folders beside. */
export function readSources(...more: string[]): readonly Source[] {
  return [...folders, ...more].flatMap(filesOf).map((path) => {
    const text = readFileSync(join(repository, path), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });
}

function filesOf(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .filter((path) => !/node_modules|\/dist\//.test(path))
    .sort();
}

function importsOf(path: string, text: string): string[] {
  const found = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.\.?\/[^']+)'/g)]
    .map(([, name]) => normalize(join(dirname(path), name!)))
    .filter((target) => /\.tsx?$/.test(target) && existsSync(join(repository, target)))
    .filter((target) => statSync(join(repository, target)).isFile());
  return [...new Set(found)];
}
