// Real time, on a machine that is busy with something else.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { deadline, realTimers } from './timers.ts';

it('hears an answer that lay ready when the time was up, though the program stood still', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const near = connect(port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  if (near.connecting) await once(near, 'connect');
  const told: string[] = [];
  near.on('data', () => told.push('answer'));
  const limit = deadline(realTimers, 20, 'no answer');
  const isUp = new Promise<void>((resolve) => limit.signal.addEventListener('abort', () => resolve()));
  limit.signal.addEventListener('abort', () => told.push('time is up'));
  far.write('7');
  for (const end = performance.now() + 60; performance.now() < end; );
  await isUp;
  expect(told).toEqual(['answer', 'time is up']);
  near.destroy();
  far.destroy();
  server.close();
});

it('does not run what was taken back in the turn before', async () => {
  let hasRun = false;
  const cancel = realTimers.after(1, () => {
    hasRun = true;
  });
  // Timers of one length run in order: this one is right behind the one above.
  setTimeout(() => cancel(), 1);
  for (const end = performance.now() + 5; performance.now() < end; );
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(hasRun).toBe(false);
});
