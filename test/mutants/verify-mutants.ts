// Changes the code that carries the promises, one place at a time, and sees whether a test notices. Each change that
// none notices is listed in docs/mutants.json; one that changes nothing anybody could see is explained beside.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchNode24, nodeVersion } from '../real/node-24.ts';
import { readExplained } from './explained.ts';
import { bar, folders, type MutatedFolder } from './folders.ts';
import { type FolderOutcome, keepOutcome, readReport } from './outcome.ts';

const runWithinMs = 60 * 60_000;
const notCopied = [
  ...['/docs', '/sim', '/lab', '/deploy', '/cloud/web', '**/dist'],
  ...['acceptance', 'bench', 'detect', 'outage', 'real', 'rules', 'security'].map((name) => `/test/${name}`),
];

function tryFolder(node: string, folder: MutatedFolder): FolderOutcome | undefined {
  const scratch = mkdtempSync(join(tmpdir(), 'wellhead-mutants-'));
  try {
    const report = join(scratch, 'report.json');
    const config = join(scratch, 'stryker.config.json');
    const neverChanged = ['test', 'contract', 'testing', 'samples'].map((kind) => `!**/*.${kind}.ts`);
    writeFileSync(
      config,
      JSON.stringify({
        testRunner: 'vitest',
        vitest: { configFile: 'vitest.mutants.config.ts', related: false },
        plugins: ['@stryker-mutator/vitest-runner', join(import.meta.dirname, 'words-for-people.ts')],
        ignorers: ['words-for-people'],
        mutate: [...folder.sources, ...neverChanged, '!**/*-until-killed.ts'],
        testFiles: folder.tests,
        mutator: { excludedMutations: ['StringLiteral'] },
        coverageAnalysis: 'perTest',
        ignoreStatic: true,
        concurrency: 2,
        timeoutMS: 5_000,
        timeoutFactor: 2,
        dryRunTimeoutMinutes: 5,
        ignorePatterns: notCopied,
        tempDirName: join(scratch, 'copies'),
        reporters: ['json', 'dots'],
        jsonReporter: { fileName: report },
        // Its rewriting of tsconfig.json wants an older compiler; nothing here reads that file anyway.
        tsconfigFile: 'none',
      }),
    );
    const { status } = spawnSync(node, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', config], {
      stdio: 'inherit',
      timeout: runWithinMs,
      env: { ...process.env, WELLHEAD_PROPERTY_MS: String(folder.propertyMs ?? 100) },
    });
    return status === 0 ? readReport(report, readExplained()) : undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const { only = [] } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values;
const unknown = only.filter((name) => !folders.some((folder) => folder.name === name));
const node = fetchNode24();
if (unknown.length > 0) {
  console.log(
    `No such folder: ${unknown.join(', ')}. There are ${folders.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 1;
} else if (node === undefined) {
  console.log(`Skipped: this needs Node ${nodeVersion}, which cannot be had here.`);
} else {
  const said: string[] = [];
  for (const folder of folders.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const outcome = tryFolder(node, folder);
    if (outcome !== undefined) keepOutcome(folder.name, outcome);
    for (const { file, line, original, replacement } of outcome?.survived ?? [])
      console.log(`${file}:${line}  ${original}  ->  ${replacement}`);
    said.push(
      outcome === undefined
        ? `${folder.name}: did not run`
        : `${folder.name}: ${outcome.killed} killed, ${outcome.survived.length} survived, ${outcome.percent} %`,
    );
    if (outcome === undefined || outcome.percent < bar) process.exitCode = 1;
  }
  console.log(`Changes tried (bar: ${bar} % killed). ${said.join('; ')}.`);
}
