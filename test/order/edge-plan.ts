// What happens in the life of a gateway, drawn by chance.
import fc, { type Arbitrary } from 'fast-check';
import { type Sensor, sensors } from './edge-station.ts';
import { type Ending, ending } from './run-lives.ts';
import { type Fault, faults } from './scheduled-db.ts';

export type ReaderStep =
  | {
      readonly do: 'read';
      readonly sensor: Sensor;
      readonly from: number;
      readonly count: number;
      readonly bytes: number;
    }
  | { readonly do: 'tail'; readonly sensor: Sensor; readonly count: number };

export type SenderStep =
  | { readonly do: 'send'; readonly sensor: Sensor; readonly bytes: number }
  | { readonly do: 'forget'; readonly sensor: Sensor; readonly from: number; readonly count: number };

export type KeeperStep =
  | { readonly do: 'keep house'; readonly fullness: number }
  | { readonly do: 'damage'; readonly sensor: Sensor; readonly block: number };

export interface LifePlan {
  readonly give: readonly { readonly sensor: Sensor; readonly count: number }[];
  readonly read: readonly ReaderStep[];
  readonly send: readonly SenderStep[];
  readonly keep: readonly KeeperStep[];
  readonly faults: readonly Fault[];
  readonly ending: Ending;
}

export const sensor: Arbitrary<Sensor> = fc.constantFrom(...sensors);
const seq = fc.integer({ min: 1, max: 40 });
const bytes = fc.constantFrom(1, 100, 400, 100_000);

export const give = fc.array(fc.record({ sensor, count: fc.integer({ min: 1, max: 3 }) }), { maxLength: 4 });

export const read: Arbitrary<ReaderStep[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('read' as const), sensor, from: seq, count: seq, bytes }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('tail' as const), sensor, count: seq }) },
  ),
  { maxLength: 12 },
);

const forget = fc.record({ do: fc.constant('forget' as const), sensor, from: seq, count: seq });
export const send: Arbitrary<SenderStep[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), sensor, bytes }) },
    { weight: 1, arbitrary: forget },
  ),
  { maxLength: 6 },
);

const fullness = fc.constantFrom(0, 0, 0, 0.95, 1.2, 1.8);
export const keep: Arbitrary<KeeperStep[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('keep house' as const), fullness }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('damage' as const), sensor, block: fc.nat(40) }) },
  ),
  { maxLength: 4 },
);

export const lifePlan: Arbitrary<LifePlan> = fc.record({
  give,
  read,
  send,
  keep,
  faults,
  ending,
});

export const whenFull = fc.constantFrom('refuse' as const, 'drop-oldest' as const);
/** Readings that are there before the first life, one in a block: enough of them to be packed. */
export const before = fc.constantFrom(0, 5, 17, 20, 30);
