// One batch out of a lane: sensor after sensor in turn, until it is large enough.
import type { Range } from '@wellhead/protocol';
import { type GatherOptions, gatherBlocks } from './gather.ts';
import { nextInLane, type Outgoing } from './plan.ts';

export interface ComposeOptions extends GatherOptions {
  readonly sensors: readonly Outgoing[];
  readonly lane: 'fresh' | 'backlog';
  /** Whose turn it is in each lane; moved on. */
  readonly turn: { fresh: number; backlog: number };
  readonly maxBytes: number;
  /** Told of what could not be read at this look. */
  readonly onUnreadable: (sensor: string, range: Range) => void;
}

export interface Composed {
  readonly blocks: readonly Uint8Array[];
  readonly ranges: readonly (readonly [sensor: string, from: number, to: number])[];
  /** When the newest of the readings was measured, and the oldest received: milliseconds since 1970, UTC. */
  readonly newest: number;
  readonly receivedAt: number;
}

/** What it takes counts as settled from now on; undefined when there is nothing to send. */
export async function composeBatch(options: ComposeOptions): Promise<Composed | undefined> {
  const { sensors, lane, turn, maxBytes, onUnreadable } = options;
  const blocks: Uint8Array[] = [];
  const ranges: [string, number, number][] = [];
  let bytes = 0;
  let newest = Number.NEGATIVE_INFINITY;
  let receivedAt = Number.POSITIVE_INFINITY;
  while (bytes < maxBytes) {
    const pick = nextInLane(sensors, lane, turn[lane]);
    if (pick === undefined) break;
    turn[lane] = (pick.index + 1) % sensors.length;
    const { gathered, unreadable } = await gatherBlocks(options, pick, maxBytes - bytes);
    const { settled } = sensors[pick.index]!;
    if (unreadable !== undefined) {
      onUnreadable(pick.sensor, unreadable);
      settled.add(...unreadable);
    }
    if (gathered === undefined) continue;
    settled.add(gathered.from, gathered.to);
    blocks.push(...gathered.blocks);
    ranges.push([pick.sensor, gathered.from, gathered.to]);
    bytes += gathered.bytes;
    newest = Math.max(newest, gathered.newest);
    receivedAt = Math.min(receivedAt, gathered.receivedAt);
  }
  return blocks.length === 0 ? undefined : { blocks, ranges, newest, receivedAt };
}
