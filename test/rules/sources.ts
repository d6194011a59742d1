// Every source file of the workspaces, what it imports, and the room it stands in.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { type Node, parseSync } from 'oxc-parser';
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

/** Files of ours that a text imports, however it is written: types, exports and `import()` with a fixed name too. */
export function importsOf(path: string, text: string): string[] {
  const { program, errors } = parseSync(path, text);
  // A file that cannot be read would seem to import nothing.
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]!.message}`);
  const found = namesOf(program)
    .filter((name) => /^\.\.?\//.test(name))
    .map((name) => normalize(join(dirname(path), name)))
    // The compiler and the bundler take `.js` for the `.ts` beside it.
    .map((target) => (isFile(target) ? target : target.replace(/\.js(x?)$/, '.ts$1')))
    .filter((target) => /\.tsx?$/.test(target) && isFile(target));
  return [...new Set(found)];
}

function isFile(path: string): boolean {
  return statSync(join(repository, path), { throwIfNoEntry: false })?.isFile() ?? false;
}

function namesOf(root: Node): string[] {
  const names: string[] = [];
  walk(root, (node) => {
    if (!importing.has(node.type) || !('source' in node)) return;
    const source = node.source as Node | null;
    if (source?.type === 'Literal' && typeof source.value === 'string') names.push(source.value);
    if (source?.type === 'TemplateLiteral' && source.expressions.length === 0)
      names.push(source.quasis[0]!.value.cooked ?? '');
  });
  return names;
}

const importing: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** Visits a node of a parsed text and everything in it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of [value].flat())
      if (typeof child === 'object' && child !== null && 'type' in child) walk(child as Node, visit);
  }
}
