import { expect, it } from 'vitest';
import { Started, startInOrder } from './started.ts';

it('stops in the reverse order, each after the one before has ended, and only once', async () => {
  const said: string[] = [];
  const started = new Started();
  started.add(() => void said.push('link'));
  started.add(async () => {
    said.push('cloud ends');
    await Promise.resolve();
    said.push('cloud ended');
  });
  started.add(() => void said.push('gateway'));
  await started.stop();
  await started.stop();
  expect(said).toEqual(['gateway', 'cloud ends', 'cloud ended', 'link']);
});

it('stops the others too when one cannot be stopped, and tells of the first that could not', async () => {
  const said: string[] = [];
  const started = new Started();
  started.add(() => void said.push('link'));
  started.add(() => Promise.reject(new Error('the cloud does not end')));
  started.add(() => {
    throw new Error('the gateway does not end');
  });
  await expect(started.stop()).rejects.toThrow('the gateway does not end');
  expect(said).toEqual(['link']);
});

it('leaves nothing running where the start breaks off, and says why it broke off', async () => {
  const said: string[] = [];
  const start = startInOrder(async (started) => {
    started.add(() => void said.push('link'));
    started.add(() => Promise.reject(new Error('the cloud does not end')));
    await Promise.reject(new Error('no port is free'));
  });
  await expect(start).rejects.toThrow('no port is free');
  expect(said).toEqual(['link']);
});

it('leaves running what was started as a whole', async () => {
  const said: string[] = [];
  const started = await startInOrder(async (parts) => {
    parts.add(() => void said.push('link'));
    return parts;
  });
  expect(said).toEqual([]);
  await started.stop();
  expect(said).toEqual(['link']);
});
