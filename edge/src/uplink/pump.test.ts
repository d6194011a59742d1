import { expect, it } from 'vitest';
import { createVirtualTime } from '../clock/virtual-time.testing.ts';
import { Pump } from './pump.ts';

function rig(step: () => Promise<boolean>) {
  const time = createVirtualTime(0);
  const failures: unknown[] = [];
  const pump = new Pump({ step, onFailed: (error) => failures.push(error), timers: time.timers });
  return { pump, time, failures };
}

it('goes on until there is nothing to do', async () => {
  let left = 3;
  const { pump, time } = rig(async () => left-- > 0);
  pump.run();
  await time.advance(0);
  expect(left).toBe(-1);
});

it('does one step at a time, and keeps a wish that comes during the last one', async () => {
  let steps = 0;
  let under = 0;
  let most = 0;
  const { pump, time } = rig(async () => {
    steps++;
    most = Math.max(most, ++under);
    if (steps === 1) pump.run();
    await Promise.resolve();
    under--;
    return false;
  });
  pump.run();
  await time.advance(0);
  expect({ steps, most }).toEqual({ steps: 2, most: 1 });
});

it('tries a step that failed again after a second, and not after it was closed', async () => {
  let steps = 0;
  const { pump, time, failures } = rig(() => {
    steps++;
    return Promise.reject(new Error('the disk is away'));
  });
  pump.run();
  await time.advance(999);
  expect(steps).toBe(1);
  await time.advance(1);
  expect(steps).toBe(2);
  expect(failures).toHaveLength(2);
  pump.close();
  await time.advance(5_000);
  expect(steps).toBe(2);
});
