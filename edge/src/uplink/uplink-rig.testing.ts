// An uplink between a journal in memory and a far end that keeps what it gets, in virtual time.
import { type Batch, decodeBatch, decodeBlock, type Range, type Receipt } from '@wellhead/protocol';
import { vi } from 'vitest';
import { realTimers } from '../clock/timers.ts';
import { strictReports } from '../journal/journal.testing.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import type { Loss } from '../journal/ledger.ts';
import { headOf, row } from '../journal/readings.testing.ts';
import { memory } from '../parts.testing.ts';
import type { Link } from './link.ts';
import { Uplink, type UplinkOptions } from './uplink.ts';

/** The far end of a link: keeps the batches it gets. */
export class FarEnd implements Link {
  up = true;
  readonly batches: Batch[] = [];
  send(kind: string, payload: Uint8Array | string): boolean {
    if (kind === 'data' && this.up) this.batches.push(decodeBatch(payload as Uint8Array));
    return this.up;
  }
  async close(): Promise<void> {
    this.up = false;
  }
  /** What it has, batch by batch: `b1:1-3 b2:7`. */
  get got(): string[] {
    return this.batches.map(({ blocks }) => {
      const runs: { sensor: string; from: number; to: number }[] = [];
      for (const { sensor, seqs } of blocks.map((bytes) => decodeBlock(bytes))) {
        const last = runs.at(-1);
        if (last?.sensor === sensor && seqs[0] === last.to + 1) last.to = seqs.at(-1)!;
        else runs.push({ sensor, from: seqs[0]!, to: seqs.at(-1)! });
      }
      return runs.map(({ sensor, from, to }) => `${sensor}:${from}${from === to ? '' : `-${to}`}`).join(' ');
    });
  }
  seqs(): number[] {
    return this.batches.flatMap(({ blocks }) => blocks.flatMap((block) => [...decodeBlock(block).seqs]));
  }
}

export function receiptFor(batch: Batch): Receipt {
  return {
    origin: batch.origin,
    ranges: batch.blocks.map((bytes) => {
      const { sensor, seqs } = decodeBlock(bytes);
      return [sensor, seqs[0]!, seqs.at(-1)!];
    }),
  };
}

export interface Rig {
  readonly journal: Journal;
  readonly uplink: Uplink;
  readonly far: FarEnd;
  readonly counts: Record<string, number>;
  readonly errors: unknown[];
  /** What was measured, by name, in seconds. */
  readonly observed: [string, number][];
  readonly losses: Loss[];
  readonly found: Range[];
  /** Appends readings of a sensor, each a block of its own; those with a text of `bytes` fill what is sent at once. */
  add(sensor: string, count: number, bytes?: number): Promise<void>;
  connect(far?: FarEnd): Promise<void>;
  receive(receipt: Receipt | Batch): Promise<void>;
  ask(origin: string, sensor: string, from: number, to: number): Promise<void>;
  /** Lets virtual time pass, and everything happen that is due then. */
  pass(ms: number): Promise<void>;
}

/** Everything that is under way and waits for no timer has happened then: nothing in memory takes more turns. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await new Promise(setImmediate);
}

export const lingerMs = 200;

/** Wants `vi.useRealTimers()` and `uplink.close()` afterwards. */
export async function openRig(options: Partial<UplinkOptions> = {}): Promise<Rig> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const rig = {
    counts: {} as Record<string, number>,
    errors: [] as unknown[],
    observed: [] as [string, number][],
    far: new FarEnd(),
  };
  const losses: Loss[] = [];
  const found: Range[] = [];
  let uptime = 0;
  let made = 0;
  const journal = await openJournal({
    ...strictReports,
    db: memory(),
    newOrigin: () => 'aa',
    defer: setImmediate,
    onLost: (loss) => losses.push(loss),
    onFound: (_, range) => found.push(range),
  });
  const uplink = new Uplink({
    journal,
    address: { site: 's', gateway: 'g' },
    window: { batches: 4, bytes: 10_000_000 },
    resendAfterMs: 60_000,
    lingerMs,
    freshForMs: 60_000,
    now: () => 0,
    timers: { ...realTimers, uptime: () => uptime },
    observe: (name, seconds) => rig.observed.push([name, seconds]),
    count: (name, amount = 1) => {
      rig.counts[name] = (rig.counts[name] ?? 0) + amount;
    },
    onDamaged: () => undefined,
    onError: (error) => rig.errors.push(error),
    ...options,
  });
  journal.onAppended = (names) => uplink.appended(names);
  return {
    ...rig,
    journal,
    uplink,
    losses,
    found,
    async add(sensor, count, bytes) {
      const head = headOf(sensor);
      for (let i = 0; i < count; i++) {
        // Texts that differ: equal ones would be joined into one.
        const value = bytes === undefined ? ++made / 100 : String(++made).padEnd(bytes, '.');
        await journal.append({ head, row: row(value, made) });
      }
    },
    async connect(far = rig.far) {
      uplink.connected(far);
      await quiet();
    },
    async receive(receipt) {
      const said = 'blocks' in receipt ? receiptFor(receipt) : receipt;
      await uplink.receipt(Buffer.from(JSON.stringify(said)));
      await quiet();
    },
    async ask(origin, sensor, from, to) {
      await uplink.request(Buffer.from(JSON.stringify({ origin, ranges: [[sensor, from, to]] })));
      await quiet();
    },
    async pass(ms) {
      // In steps, so that what a timer sets going is seen at its own time.
      for (let left = ms; left > 0; ) {
        const step = Math.min(left, Math.max(50, ms / 500));
        uptime += step;
        left -= step;
        vi.advanceTimersByTime(step);
        if (left > 0) await new Promise(setImmediate);
      }
      await quiet();
    },
  };
}
