import { expect, it } from 'vitest';
import { memory } from '../parts.testing.ts';
import { openCheckpoints } from './open-checkpoints.ts';

it('how far a driver is, is kept for each sensor apart, and known after a restart', async () => {
  const db = memory();
  const checkpoints = openCheckpoints(db, () => undefined);
  expect(await checkpoints.read('b1')).toBeUndefined();
  await checkpoints.write('b1', Uint8Array.of(1));
  await checkpoints.write('b2', Uint8Array.of(2));
  await db.close();
  await db.open();
  const again = openCheckpoints(db, () => undefined);
  const read = async (sensor: string) => [...((await again.read(sensor)) ?? [])];
  expect([await read('b1'), await read('b2')]).toEqual([[1], [2]]);
});

it('a checkpoint that the disk does not take is counted, and stops nobody', async () => {
  const db = memory();
  db.put = () => Promise.reject(new Error('no space left on device'));
  let unkept = 0;
  await openCheckpoints(db, () => {
    unkept++;
  }).write('b1', Uint8Array.of(1));
  expect(unkept).toBe(1);
});
