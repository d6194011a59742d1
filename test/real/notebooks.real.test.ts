// The notebook and the R script for hydrologists, run against a cloud with data.
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestApi } from '../../cloud/src/api/open-api.testing.ts';
import { makeFolder, repository } from '../harness/program.ts';
import { openDemoApi } from './demo-api.ts';
import { tryPython } from './python-packages.ts';

const run = promisify(execFile);
const packages = [
  'nbclient==0.11.0',
  'ipykernel==7.4.0',
  'pandas==3.1.1',
  'pyarrow==26.0.1',
  'matplotlib==3.11.2',
];
const installed = tryPython('notebooks-1', packages);
const noPython = 'missing' in installed ? ` (${installed.missing})` : '';
const hasR = spawnSync('Rscript', ['--version']).status === 0;

let api: TestApi;
const folder = makeFolder('notebooks');
beforeAll(async () => {
  api = await openDemoApi();
});
afterAll(async () => {
  await api.close();
  folder.remove();
});

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly outputs?: readonly { readonly text?: readonly string[]; readonly data?: object }[];
  }[];
}
const original = join(repository, 'cloud/notebooks/read-in-pandas.ipynb');

it('the notebook is kept without what a run leaves in it', () => {
  const { cells } = JSON.parse(readFileSync(original, 'utf8')) as Notebook;
  expect(cells.flatMap(({ outputs = [] }) => outputs)).toEqual([]);
});

it.skipIf('missing' in installed)(
  `the notebook reads CSV and Parquet from a cloud and draws its plots${noPython}`,
  async () => {
    if ('missing' in installed) return;
    const copy = join(folder.path, 'read-in-pandas.ipynb');
    copyFileSync(original, copy);
    await run(join(installed.programs, 'jupyter-execute'), ['--inplace', '--timeout=120', copy], {
      env: {
        ...process.env,
        WELLHEAD_URL: api.url,
        MPLBACKEND: 'module://matplotlib_inline.backend_inline',
        // Nothing of the machine's own settings.
        JUPYTER_CONFIG_DIR: folder.path,
        IPYTHONDIR: folder.path,
        MPLCONFIGDIR: folder.path,
      },
    });
    const { cells } = JSON.parse(readFileSync(copy, 'utf8')) as Notebook;
    const outputs = cells.flatMap((cell) => cell.outputs ?? []);
    expect(outputs.filter(({ data }) => data !== undefined && 'image/png' in data)).toHaveLength(3);
    const said = outputs.flatMap(({ text = [] }) => text).join('');
    expect(said).toContain('3002 readings from 2017-01-01');
    expect(said).toContain('Ordnance Datum Newlyn');
  },
);

it.skipIf('missing' in installed)(
  `pyarrow reads from Arrow what pandas reads from CSV${noPython}`,
  async () => {
    if ('missing' in installed) return;
    const script = join(repository, 'test/real/compare-arrow.py');
    const { stdout } = await run(join(installed.programs, 'python'), [script, api.url]);
    expect(stdout).toMatch(/^3002 and 3002 rows, [1-9] properties, 0 different\n/);
    expect(stdout).toContain('timestamp[ms, tz=UTC] https://creativecommons.org/licenses/by/4.0/');
  },
);

it.skipIf(!hasR)('the R script says the same of the same readings, and draws', async () => {
  const plots = join(folder.path, 'plots.pdf');
  const script = join(repository, 'cloud/notebooks/read-in-r.R');
  const { stdout } = await run('Rscript', ['--vanilla', script, api.url, plots]);
  expect(stdout).toMatch(/^3002 readings\nL50 2[78]\.\d+/);
  expect(statSync(plots).size).toBeGreaterThan(10_000);
});
