import { expect, it } from 'vitest';
import { OpenParts, openInOrder } from './open-parts.ts';

function recorded(closed: string[]) {
  return (name: string, fails = false) => ({
    async close() {
      await Promise.resolve();
      closed.push(name);
      if (fails) throw new Error(`${name} failed`);
    },
  });
}

it('closes in reverse, once, also when it is asked twice', async () => {
  const closed: string[] = [];
  const part = recorded(closed);
  const parts = new OpenParts();
  for (const name of ['disk', 'log', 'broker']) parts.add(part(name));
  await Promise.all([parts.close(), parts.close()]);
  expect(closed).toEqual(['broker', 'log', 'disk']);
});

it('a part that cannot be closed keeps none of the others open, and its failure is told', async () => {
  const closed: string[] = [];
  const part = recorded(closed);
  const parts = new OpenParts();
  parts.add(part('disk', true));
  parts.add(part('log', true));
  parts.add(part('broker'));
  await expect(parts.close()).rejects.toThrow('log failed');
  expect(closed).toEqual(['broker', 'log', 'disk']);
});

it('a failure midway closes what was opened by then, and is the one that is told', async () => {
  const closed: string[] = [];
  const part = recorded(closed);
  const opening = openInOrder(async (parts) => {
    parts.add(part('disk', true));
    parts.add(part('log'));
    throw new Error('the port is taken');
  });
  await expect(opening).rejects.toThrow('the port is taken');
  expect(closed).toEqual(['log', 'disk']);
});
