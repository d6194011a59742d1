import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { watchChild } from './endings.ts';

function start(code: string) {
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const errors: string[] = [];
  const watched = watchChild(
    child,
    'the cloud',
    () => said,
    ({ message }) => errors.push(message),
  );
  return { child, watched, errors };
}
const stays = 'setInterval(() => undefined, 1000)';

it('an end by itself is told with the exit code and the last lines', async () => {
  const { watched, errors } = start(
    "for (let i = 1; i <= 10; i++) process.stderr.write('line ' + i + '\\n'); process.exitCode = 3",
  );
  watched.started();
  expect(await watched.ended).toBe('exit code 3');
  const lines = [3, 4, 5, 6, 7, 8, 9, 10].map((i) => `line ${i}`).join('\n');
  expect(errors).toEqual([`the cloud ended by itself (exit code 3); its last lines:\n${lines}`]);
});

it('an end by a signal of somebody else is told with the signal', async () => {
  const { child, watched, errors } = start(stays);
  watched.started();
  child.kill('SIGKILL');
  await watched.ended;
  expect(errors).toEqual(['the cloud ended by itself (SIGKILL); it had written nothing']);
});

it('an end that was asked for is none by itself', async () => {
  const { watched, errors } = start(stays);
  watched.started();
  await watched.end('SIGKILL');
  expect(errors).toEqual([]);
});

it('an end before the start was over is left to whoever waits for the start', async () => {
  const { watched, errors } = start('process.exitCode = 4');
  expect(await watched.ended).toBe('exit code 4');
  expect(errors).toEqual([]);
});
