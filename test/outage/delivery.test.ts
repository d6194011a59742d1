import { expect, it } from 'vitest';
import { verifyDelivery } from './delivery.ts';

it('loses, doubles and changes no acknowledged reading while gateway, cloud and link are killed', {
  timeout: 180_000,
}, async () => {
  const report = await verifyDelivery({ seed: 20_170_101, killsEach: 4 });
  expect(report.kills).toEqual({ gateway: 4, cloud: 4, link: 4 });
  expect(report.total.acknowledged).toBeGreaterThan(1_000);
  expect(report.silent).toEqual([]);
  expect(report.examples).toEqual([]);
  expect(report.total).toMatchObject({
    lost: 0,
    doubled: 0,
    changed: 0,
    invented: 0,
    exportDiffers: 0,
    declared: 0,
  });
});
