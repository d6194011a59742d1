// However the verifier of delivery ends, its last line says why.
import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { repository } from '../harness/program.ts';
import { watchRun } from './watch-run.ts';

function startVerifier(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/outage/verify-delivery.ts', ...args], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<{ code: number | null; line: string | undefined }>((resolve) =>
    child.once('close', (code) => resolve({ code, line: said.trimEnd().split('\n').at(-1) })),
  );
  return { child, ended };
}

it.each([
  [['--kills', 'none'], '--kills takes a whole number from 1, not none'],
  [['--kills', '0'], '--kills takes a whole number from 1, not 0'],
  [['--seed=-1'], '--seed takes a whole number from 0, not -1'],
  [['--engines', 'kafka'], '--engines takes all of elasticsearch,kafka,mosquitto, not kafka'],
])('settings %j cannot be carried out', async (args, why) => {
  expect(await startVerifier(...args).ended).toEqual({ code: 2, line: `Not carried out: ${why}` });
});

it('a setting that there is not is refused in one line', async () => {
  const { code, line } = await startVerifier('--seed', '-1').ended;
  expect(code).toBe(2);
  expect(line).toMatch(/^Not carried out: Option '--seed' argument is ambiguous\. Did you/);
});

it('one that is told to end says by what and where it was', async () => {
  const { child, ended } = startVerifier('--seed', '5', '--kills', '1');
  child.stdout.once('data', () => child.kill('SIGTERM'));
  const { code, line } = await ended;
  expect(code).toBe(2);
  expect(line).toMatch(/^Not carried out: seed 5: it broke off.*: SIGTERM came$/);
});

it('a run whose process is killed is said to have been, with where it was', async () => {
  const run = watchRun({ seed: 5, killsEach: 1, engines: false }, () => process.kill(run.pid!, 'SIGKILL'));
  expect(await run.outcome).toEqual({
    stage: { done: 0, of: 0, what: 'starting the station' },
    reason: 'the process of the run ended by itself (SIGKILL); it had written nothing',
    losses: [],
  });
});
