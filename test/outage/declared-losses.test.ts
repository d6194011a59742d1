import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeclaredLoss, DeclaredLosses } from './declared-losses.ts';
import { openPlantedApi, type Planted } from './planted-api.testing.ts';

let said: Planted = {};
let api: Awaited<ReturnType<typeof openPlantedApi>>;
beforeAll(async () => {
  api = await openPlantedApi(() => said);
});
afterAll(() => api.close());

const counted = (value: number) =>
  `# TYPE wellhead_edge_readings_lost_total counter\nwellhead_edge_readings_lost_total ${value}\n`;
const logLine = (from: number, to: number) =>
  JSON.stringify({
    level: 40,
    program: 'edge',
    sensor: 'b1',
    from,
    to,
    reason: 'unreadable',
    evidence: 'no block holds them',
    msg: 'readings are lost',
  });
const sensors = (missing: readonly object[]) => [{ sensor: 'b1', origins: [{ origin: 'o1', missing }] }];

function open() {
  const told: DeclaredLoss[] = [];
  return { told, losses: new DeclaredLosses(api.url, (loss) => told.push(loss)) };
}

it('says nothing where nothing was declared lost', async () => {
  said = { metrics: counted(0), sensors: sensors([]) };
  const { told, losses } = open();
  losses.onLogLine('{"level":30,"msg":"edge is running"}');
  expect(await losses.all(api.url)).toEqual({ readings: 0, lines: [] });
  expect(told).toEqual([]);
});

it('finds what the gateway’s log gives up, at once and with its reason and evidence', async () => {
  said = { metrics: counted(5), sensors: sensors([]) };
  const { told, losses } = open();
  losses.onLogLine(logLine(5, 9));
  expect(told).toEqual([
    {
      saidBy: 'the gateway’s log',
      sensor: 'b1',
      from: 5,
      to: 9,
      reason: 'unreadable',
      evidence: 'no block holds them',
    },
  ]);
  expect(await losses.all(api.url)).toEqual({
    readings: 5,
    lines: ['b1: 5 to 9 declared lost by the gateway’s log: unreadable (no block holds them)'],
  });
});

it('finds what the ledger gives up, and every other hole that is left', async () => {
  const missing = [
    { from: 5, to: 9, state: 'lost at the edge', reason: 'unreadable' },
    { from: 12, to: 12, state: 'on request' },
  ];
  said = { metrics: counted(0), sensors: sensors(missing) };
  expect(await open().losses.all(api.url)).toEqual({
    readings: 6,
    lines: [
      'b1: 5 to 9 declared lost by the cloud: unreadable (lost at the edge, origin o1)',
      'b1: 12 to 12 declared lost by the cloud: none given (on request, origin o1)',
    ],
  });
});

it('adds up the counter over the lives of the gateway, and finds a count that no log line names', async () => {
  said = { metrics: counted(2), sensors: sensors([]) };
  const { losses } = open();
  await losses.beforeKill();
  said = { metrics: counted(1), sensors: sensors([]) };
  losses.onLogLine(logLine(1, 2));
  expect(await losses.all(api.url)).toEqual({
    readings: 3,
    lines: [
      'b1: 1 to 2 declared lost by the gateway’s log: unreadable (no block holds them)',
      'the gateway’s log names 2 lost readings, its wellhead_edge_readings_lost_total 3',
    ],
  });
});

it('a gateway without that counter is no proof that nothing was lost', async () => {
  said = { metrics: 'wellhead_edge_readings_accepted_total 7\n', sensors: sensors([]) };
  await expect(open().losses.all(api.url)).rejects.toThrow(
    '/metrics of the gateway has no wellhead_edge_readings_lost_total',
  );
});
