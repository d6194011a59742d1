// A journal, its housekeeping and the uplink, with a link that comes and goes and a cloud that loses things.
import fc from 'fast-check';
import { Uplink } from '../../edge/src/uplink/uplink.ts';
import { Account } from './account.ts';
import { CloudModel, type NetworkFault } from './cloud-model.ts';
import { Disk } from './disk.ts';
import { before, give, keep, sensor, whenFull } from './edge-plan.ts';
import {
  checkHeld,
  type EdgeStation,
  type EdgeStationOptions,
  giveReading,
  openEdgeStation,
  sensors,
} from './edge-station.ts';
import { checkSettled, fill, inTurn, keepSome } from './journal-world.ts';
import type { Life } from './life.ts';
import { ending, runLives } from './run-lives.ts';
import { faults, isDiskFault } from './scheduled-db.ts';
import type { World } from './world.ts';

const linkStep = fc.oneof(
  fc.record({ do: fc.constantFrom('connect' as const, 'disconnect' as const, 'wait' as const) }),
  fc.record({
    do: fc.constant('forget' as const),
    sensor,
    from: fc.integer({ min: 1, max: 40 }),
    count: fc.nat(10),
  }),
);

const lifePlan = fc.record({
  give,
  keep,
  faults,
  ending,
  link: fc.array(linkStep, { maxLength: 8 }),
  network: fc.array(
    fc.record({ message: fc.nat(12), kind: fc.constantFrom('drop' as const, 'double' as const) }),
    { maxLength: 3 },
  ),
});
type LifePlan = typeof lifePlan extends fc.Arbitrary<infer Plan> ? Plan : never;

export interface UplinkPlan {
  readonly whenFull: 'refuse' | 'drop-oldest';
  readonly before: number;
  readonly lives: readonly LifePlan[];
}

export function uplinkWorld(change: EdgeStationOptions['change'] = () => undefined): World<UplinkPlan> {
  return {
    name: 'uplink',
    plan: fc.record({ whenFull, before, lives: fc.array(lifePlan, { minLength: 1, maxLength: 3 }) }),
    async run({ whenFull, before, lives }, scheduler) {
      const account = new Account();
      const disk = new Disk();
      const common = { disk, account, whenFull, change };
      return runLives({
        scheduler,
        disk,
        lives,
        before: (life) => fill({ ...common, life, faults: [] }, before),
        live: async (life, plan) => {
          const station = await openEdgeStation({ ...common, life, faults: plan.faults });
          await live(station, { life, account, plan });
          await station.close();
        },
        onEnd: (died) => {
          if (died) account.releasePromises();
        },
        last: async (life) => {
          const station = await openEdgeStation({ ...common, life, faults: [] });
          await checkHeld(station.journal, account);
          await settle(station, { life, account });
          checkSettled(station.journal, account, whenFull);
        },
      });
    },
  };
}

function openUplink(station: EdgeStation, life: Life, account: Account, network: LifePlan['network']) {
  const { journal } = station;
  const problems: unknown[] = [];
  const onError = (error: unknown) => {
    if (!isDiskFault(error)) problems.push(error);
  };
  const uplink = new Uplink({
    journal,
    address: { site: 's', gateway: 'g' },
    window: { batches: 3, bytes: 1_000 },
    resendAfterMs: 10_000,
    lingerMs: 100,
    freshForMs: 60_000,
    now: () => 0,
    timers: life.timers,
    count: () => undefined,
    observe: () => undefined,
    onDamaged: () => undefined,
    onError,
  });
  journal.onAppended = (names) => uplink.appended(names);
  let messages = 0;
  const faultOf = (): NetworkFault | undefined => {
    const message = messages++;
    return network.find((fault) => fault.message === message)?.kind;
  };
  const cloud = new CloudModel({ account, point: life.point, uplink, faultOf, onError });
  const check = () => {
    if (problems.length > 0) throw problems[0];
  };
  return { uplink, cloud, check };
}

async function live(
  station: EdgeStation,
  { life, account, plan }: { life: Life; account: Account; plan: LifePlan },
): Promise<void> {
  const { journal } = station;
  const { uplink, cloud, check } = openUplink(station, life, account, plan.network);
  cloud.connect();
  await Promise.all([
    inTurn(plan.give, ({ sensor, count }) =>
      Promise.all(
        Array.from({ length: count }, () => giveReading(journal, account, sensor, account.newId())),
      ),
    ),
    inTurn(plan.keep, (step) => keepSome(station, account, step)),
    inTurn(plan.link, async (step) => {
      await life.point(step.do);
      if (step.do === 'connect') cloud.connect();
      else if (step.do === 'disconnect') cloud.disconnect();
      else if (step.do === 'forget') {
        account.forget(step.sensor, [step.from, step.from + step.count]);
        cloud.request(step.sensor, step.from, step.from + step.count);
      }
    }),
  ]);
  uplink.close();
  check();
}

/** The link stays up: in the end everything is in the cloud, or known as lost. */
async function settle(
  station: EdgeStation,
  { life, account }: { life: Life; account: Account },
): Promise<void> {
  const { journal } = station;
  const { uplink, cloud, check } = openUplink(station, life, account, []);
  for (const sensor of sensors) {
    const lacking = [...account.acknowledged.of(sensor).keys()].filter(
      (seq) => !account.isStored(sensor, seq),
    );
    const ranges = lacking.map((seq) => [sensor, seq, seq]);
    if (ranges.length > 0) await uplink.request(Buffer.from(JSON.stringify({ origin: 'aa', ranges })));
  }
  cloud.connect();
  await life.until(
    () => {
      check();
      return journal.undelivered === 0;
    },
    'everything is delivered',
    () =>
      journal.sensors().map(({ sensor, last, evicted, lost, delivered }) => ({
        sensor,
        last,
        evicted,
        lost,
        delivered: delivered.ranges,
      })),
  );
  uplink.close();
  check();
}
