import { expect, it } from 'vitest';
import { memory } from '../parts.testing.ts';
import { openPlaces } from './open-checkpoints.ts';

it('how far a driver is, is kept for each sensor apart, and known after a restart', async () => {
  const db = memory();
  const places = openPlaces(db, () => undefined);
  expect(await places.read('b1')).toBeUndefined();
  await places.write('b1', Uint8Array.of(1));
  await places.write('b2', Uint8Array.of(2));
  await db.close();
  await db.open();
  const again = openPlaces(db, () => undefined);
  const read = async (sensor: string) => [...((await again.read(sensor)) ?? [])];
  expect([await read('b1'), await read('b2')]).toEqual([[1], [2]]);
});

it('a place that the disk does not take is counted, and stops nobody', async () => {
  const db = memory();
  db.put = () => Promise.reject(new Error('no space left on device'));
  let unkept = 0;
  await openPlaces(db, () => {
    unkept++;
  }).write('b1', Uint8Array.of(1));
  expect(unkept).toBe(1);
});
