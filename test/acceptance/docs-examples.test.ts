// What the docs tell people to write works as it stands there.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hasPseudoTerminals } from '../../edge/src/driver/simulated-device.testing.ts';
import { makeFolder, repository, until } from '../harness/program.ts';

const folder = makeFolder('docs');
afterAll(() => folder.remove());

/** The first block of code behind some words of a page, without its indent. */
function blockAfter(page: string, words: string): string {
  const text = page.slice(page.indexOf(words));
  return text
    .split('\n\n')
    .find((part) => part.startsWith('    '))!
    .replaceAll(/^ {4}/gm, '');
}

const read = (page: string) => readFileSync(join(repository, page), 'utf8');

function write(name: string, text: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

function run(program: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const main = join(repository, program, 'dist/main.js');
    const child = execFile(process.execPath, [main, ...args], (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

const skip = hasPseudoTerminals ? '' : ' (socat is not installed: no pseudo-terminals)';
it.skipIf(skip !== '')(`eight lines of the technician’s page read a Modbus probe${skip}`, async () => {
  const port = join(folder.path, 'line');
  const page = read('docs/technician.md');
  const section = page.slice(page.indexOf('## A Modbus probe in eight lines'));
  const yaml = blockAfter(section, '##');
  expect(yaml.split('\n')).toHaveLength(8);
  const simulator = /npx wellhead-sim (device modbus .*)/.exec(section)![1]!;
  const said = /It ends with `([^`]+)`/.exec(section)![1]!;
  const device = spawn(
    process.execPath,
    [join(repository, 'sim/dist/main.js'), ...simulator.replace('/tmp/line', port).split(' ')],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const exited = new Promise((resolve) => device.once('exit', resolve));
  try {
    await until('the serial port', () => existsSync(port));
    const file = write('gateway.yaml', yaml.replace('/dev/ttyUSB0', port));
    const { code, out } = await run('edge', 'probe', 'modbus', '--config', file, '--sensor', 'borehole-1');
    expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: said });
  } finally {
    device.kill('SIGTERM');
    await exited;
  }
});

it('ten lines of the README are a cloud on Elasticsearch and Kafka', async () => {
  const yaml = blockAfter(read('README.md'), 'The cloud on Elasticsearch, Kafka');
  expect(yaml.split('\n')).toHaveLength(10);
  const { code, out } = await run('cloud', '--config', write('cloud.yaml', yaml), '--check');
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/is good: sensor types: \d+, sites: 0\n$/),
  });
});

it('the file under “Run it for real” in the README is a gateway, and its check says which one', async () => {
  const yaml = blockAfter(read('README.md'), 'A gateway needs one file').trimEnd();
  const file = write('readme-gateway.yaml', yaml);
  const { code, out } = await run('edge', '--config', file, '--check');
  expect({ code, out }).toEqual({ code: 0, out: `${file} is good: lancashire/gw1, sensors: 1\n` });
});
