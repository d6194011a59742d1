// What the brokers say of offsets: where partitions begin and end, and what a group has kept.
import type { Admin } from 'kafkajs';
import type { LogStart } from '../reading-log.ts';

export type Offsets = ReadonlyMap<number, number>;

/** The offset of the next entry of each partition. */
export async function fetchEnds(admin: Admin, topic: string): Promise<Offsets> {
  return new Map(
    (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
  );
}

/** Where a group goes on in each partition: at what it has kept, else at the oldest entry. */
export async function fetchKept(admin: Admin, topic: string, group: string): Promise<Offsets> {
  const [edges, [kept]] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId: group, topics: [topic] }),
  ]);
  const checkpoints = new Map(edges.map(({ partition, low }) => [partition, Number(low)]));
  for (const { partition, offset } of kept?.partitions ?? []) {
    if (Number(offset) >= 0) checkpoints.set(partition, Number(offset));
  }
  return checkpoints;
}

/** The offset in each partition at which a consumer starts that asks for `start`. */
export async function fetchStart(admin: Admin, topic: string, start: LogStart): Promise<Offsets> {
  const edges = await admin.fetchTopicOffsets(topic);
  const found =
    typeof start === 'object'
      ? new Map(
          (await admin.fetchTopicOffsetsByTimestamp(topic, start.time)).map(({ partition, offset }) => [
            partition,
            Number(offset),
          ]),
        )
      : undefined;
  return new Map(
    edges.map(({ partition, low, high }) => {
      const wanted = found?.get(partition) ?? (typeof start === 'number' ? start : 0);
      return [partition, Math.min(Number(high), Math.max(Number(low), wanted))];
    }),
  );
}
