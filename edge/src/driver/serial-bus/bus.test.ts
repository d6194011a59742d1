// The bus with a wire made of nothing, in virtual time: what a real port does at its worst.
import { beforeEach, describe, expect, it } from 'vitest';
import { deadline } from '../../clock/timers.ts';
import { createVirtualTime, type VirtualTime } from '../../clock/virtual-time.testing.ts';
import { createTextFramer } from '../../decode/text-frame.ts';
import { TestHost } from '../driver-host.testing.ts';
import { Bus } from './bus.ts';
import type { WireEvents } from './wire.ts';

let time: VirtualTime;
let host: TestHost;
let wires: WireEvents[];
let sent: string[];
let bus: Bus;
/** Why the port cannot be opened; undefined: it can. */
let broken: string | undefined;
let onWrite: (text: string) => void;

beforeEach(() => {
  time = createVirtualTime(0);
  host = new TestHost(time.now);
  wires = [];
  sent = [];
  broken = undefined;
  onWrite = () => undefined;
  bus = new Bus({
    name: 'bus',
    pauseMs: 10,
    host,
    timers: time.timers,
    open: async (events) => {
      if (broken !== undefined) throw new Error(broken);
      wires.push(events);
      return {
        write: async (bytes) => {
          sent.push(Buffer.from(bytes).toString());
          onWrite(sent.at(-1)!);
        },
        close: async () => undefined,
      };
    },
  });
});

const say = (text: string) => wires.at(-1)!.onBytes(Buffer.from(text));
const lineOf = createTextFramer({ max: 100 }, true);

/** What comes of a request, as text. */
function ask(request: string, withinMs = 1_000): { result?: string } {
  const outcome: { result?: string } = {};
  const limit = deadline(time.timers, withinMs, 'no answer');
  bus.exchange(Buffer.from(request), lineOf, limit.signal).then(
    (frame) => {
      outcome.result = frame.trim();
    },
    (error: Error) => {
      outcome.result = `failed: ${error.message}`;
    },
  );
  return outcome;
}

it('throws stale bytes away before it asks, and counts them', async () => {
  await time.advance(0);
  say('late answer\n');
  onWrite = () => say('fresh\n');
  const asked = ask('?');
  await time.advance(100);
  expect(asked.result).toBe('fresh');
  expect(host.counted('bytes_discarded_total', 'bus')).toBe(12);
});

it('keeps quiet for its pause after the last byte', async () => {
  await time.advance(0);
  say('x');
  ask('?');
  await time.advance(9);
  expect(sent).toEqual([]);
  await time.advance(1);
  expect(sent).toEqual(['?']);
});

it('bears no two requests at the same time', async () => {
  ask('a');
  await expect(bus.exchange(new Uint8Array(1), lineOf, new AbortController().signal)).rejects.toThrow(
    TypeError,
  );
});

it('says how much came that was of no use', async () => {
  onWrite = () => say('half a line');
  const asked = ask('?');
  await time.advance(2_000);
  expect(asked.result).toBe('failed: no answer: 11 bytes, none of use');
  expect(host.counted('bytes_discarded_total', 'bus')).toBe(11);
});

it('opens a new port after three requests without a byte: a pulled cable may not show in any other way', async () => {
  for (let i = 0; i < 3; i++) {
    ask('?');
    await time.advance(1_500);
  }
  expect(wires).toHaveLength(2);
  onWrite = () => say('here\n');
  const asked = ask('?');
  await time.advance(100);
  expect(asked.result).toBe('here');
  expect(host.said).toEqual([]);
});

it('fails what is under way when the wire goes, and opens another for ever', async () => {
  const asked = ask('?');
  await time.advance(50);
  broken = 'no such port';
  wires[0]!.onGone('bad file descriptor');
  await time.advance(0);
  expect(asked.result).toBe('failed: bus: bad file descriptor');
  await time.advance(3_600_000);
  const meanwhile = ask('?');
  await time.advance(1);
  expect(meanwhile.result).toBe('failed: no such port');
  broken = undefined;
  await time.advance(10_000);
  expect(wires).toHaveLength(2);
  expect(host.said.map((line) => line.split(' {')[0])).toEqual([
    'a bus is not open; it is tried again',
    'the bus is open again',
  ]);
});

describe('listening', () => {
  const heard: string[] = [];
  beforeEach(() => {
    heard.length = 0;
    bus.listen<string>({
      begin: (isWhole) => createTextFramer({ max: 100 }, isWhole),
      onFrame: (frame) => heard.push(frame.trim()),
      silenceMs: 60_000,
      onSilence: () => heard.push('(silence)'),
    });
  });

  it('passes over the rest of a line that began before the port was open', async () => {
    await time.advance(1);
    say('.38\n16.39\n');
    expect(heard).toEqual(['16.39']);
  });

  it('takes the first line where there was silence before it', async () => {
    await time.advance(1_000);
    say('16.38\n');
    expect(heard).toEqual(['16.38']);
  });

  it('opens a new port after its silence, and listens on', async () => {
    await time.advance(61_000);
    expect(wires).toHaveLength(2);
    await time.advance(1_000);
    say('16.38\n');
    expect(heard).toEqual(['(silence)', '16.38']);
  });
});

it('closes while it is waiting for a port', async () => {
  broken = 'no such port';
  await time.advance(5_000);
  await bus.close();
  await bus.close();
  const asked = ask('?');
  await time.advance(1);
  expect(asked.result).toMatch(/^failed/);
});
