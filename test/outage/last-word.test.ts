import { expect, it } from 'vitest';
import type { DeliveryReport } from './delivery.ts';
import { judge, sayBroken } from './last-word.ts';

const tried = { seed: 5, engines: false };
const total = {
  acknowledged: 1_200,
  held: 1_201,
  lost: 0,
  doubled: 0,
  changed: 0,
  invented: 0,
  exportDiffers: 0,
  declared: 0,
};
const report: DeliveryReport = {
  kills: { gateway: 2, link: 2 },
  total,
  examples: [],
  silent: [],
  repeated: 0,
  seconds: 9.6,
  polled: { acknowledged: 1, answers: 1, where: 'TCP' },
};
const what =
  'seed 5, killed or cut gateway 2 times, link 2 times in 10 s, 1,200 readings acknowledged, 1,201 held';

it('what was kept is said with what was tried, and ends with 0', () => {
  expect(judge(tried, report)).toEqual({
    code: 0,
    line: `Kept: ${what}: 0 lost, 0 doubled, 0 changed, 0 never published, 0 export rows differing, 0 declared lost.`,
  });
});

it.each(['lost', 'doubled', 'changed', 'invented', 'exportDiffers', 'declared'] as const)(
  'one reading %s is enough to end with 1, with the first example',
  (kind) => {
    const broken = judge(tried, { ...report, total: { ...total, [kind]: 1 }, examples: ['b1: this one'] });
    expect(broken.code).toBe(1);
    expect(broken.line).toMatch(/^BROKEN: seed 5, .* 1 .*The first: b1: this one$/);
  },
);

it('a run in which a sensor had nothing acknowledged proves nothing, and ends with 2', () => {
  expect(judge(tried, { ...report, silent: ['polled-1'] })).toEqual({
    code: 2,
    line: `Not carried out: ${what}, but nothing was acknowledged of polled-1.`,
  });
});

const stage = { done: 3, of: 60, what: 'disturbing cloud, 4 of 60' };
const reason = 'cloud ended by itself (SIGABRT); its last lines:\nout of memory';

it('what broke off is said with where and why, and ends with 2', () => {
  expect(sayBroken(tried, { stage, reason, losses: [] })).toEqual({
    code: 2,
    line: 'Not carried out: seed 5: it broke off while disturbing cloud, 4 of 60: cloud ended by itself (SIGABRT); its last lines stand above',
  });
});

it('a loss that was declared before it broke off is something found', () => {
  expect(
    sayBroken(
      { ...tried, engines: true },
      { stage: undefined, reason: 'SIGTERM came', losses: ['b1: 5 to 9'] },
    ),
  ).toEqual({
    code: 1,
    line: 'BROKEN: 1 losses declared, the first: b1: 5 to 9. seed 5 with Elasticsearch, Kafka and Mosquitto: it broke off: SIGTERM came',
  });
});
