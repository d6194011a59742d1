// Batches that can be told apart: of a gateway, with a number.
import { decodeBatch, encodeBatch } from '@wellhead/protocol';
import type { ReadingLog } from '../../cloud/src/log/reading-log.ts';

export function numbered(gateway: number, number: number): Uint8Array {
  return encodeBatch({
    site: 'site-a',
    gateway: `gw-${gateway}`,
    origin: `n-${number}`,
    lane: 'live',
    blocks: [],
  });
}

/** `gw-3 17`, as `nameOf` reads it from the batch. */
export function nameAs(gateway: number, number: number): string {
  return `gw-${gateway} ${number}`;
}

export function nameOf(batch: Uint8Array): string {
  const { gateway, origin } = decodeBatch(batch);
  return `${gateway} ${origin.slice(2)}`;
}

export interface Load {
  /** Names of what was resolved. */
  readonly resolved: ReadonlySet<string>;
  readonly rejected: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Appends for several gateways, some batches of each at once, until it is stopped. */
export function startLoad(log: ReadingLog, gateways: number, atOnce = 4, first = 1): Load {
  const resolved = new Set<string>();
  const rejected = new Set<string>();
  let isStopped = false;
  const lane = async (gateway: number) => {
    for (let number = first; !isStopped; number += atOnce) {
      await Promise.all(
        Array.from({ length: atOnce }, async (_, i) => {
          const name = nameAs(gateway, number + i);
          try {
            await log.append(numbered(gateway, number + i));
            resolved.add(name);
          } catch {
            rejected.add(name);
          }
        }),
      );
    }
  };
  const lanes = Array.from({ length: gateways }, (_, gateway) => lane(gateway));
  return {
    resolved,
    rejected,
    async stop() {
      isStopped = true;
      await Promise.all(lanes);
    },
  };
}

/** Of the names, in their order, those of one gateway that come before a smaller number. */
export function outOfOrder(names: readonly string[]): string[] {
  const highest = new Map<string, number>();
  return names.filter((name) => {
    const [gateway, number] = name.split(' ') as [string, string];
    const before = highest.get(gateway) ?? 0;
    highest.set(gateway, Math.max(before, Number(number)));
    return Number(number) < before;
  });
}
