import { WellheadError } from '@wellhead/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { explain, type Running, runProgram } from './program.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;
let exits: (number | undefined)[];
let listening: Record<(typeof signals)[number], NodeJS.SignalsListener[]>;
beforeEach(() => {
  exits = [];
  listening = { SIGINT: process.listeners('SIGINT'), SIGTERM: process.listeners('SIGTERM') };
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    exits.push(code as number | undefined);
    return undefined as never;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!listening[signal].includes(listener)) process.off(signal, listener);
});

/** A program whose start takes until `opened` is called. */
function slowProgram() {
  const closed: string[] = [];
  let opened: () => void = () => undefined;
  const start = () =>
    new Promise<Running>((resolve) => {
      opened = () => resolve({ close: async () => void closed.push('closed') });
    });
  return { start, opened: () => opened(), closed };
}

it('told to stop while it starts, it opens what it had begun and closes it in order', async () => {
  const { start, opened, closed } = slowProgram();
  const ran = runProgram(start);
  expect(process.emit('SIGTERM')).toBe(true);
  opened();
  await ran;
  expect(closed).toEqual(['closed']);
  expect(exits).toEqual([0]);
});

it('told twice, it ends at once', () => {
  const { start, closed } = slowProgram();
  void runProgram(start);
  process.emit('SIGTERM');
  process.emit('SIGINT');
  expect(closed).toEqual([]);
  expect(exits).toEqual([1]);
});

it('explains a failure down to its innermost cause, and says nothing twice', () => {
  const lock = new Error('lock /data/LOCK: held by another process');
  const failed = new Error('Database failed to open', { cause: lock });
  const error = new WellheadError('JOURNAL_OPEN', 'the journal cannot be opened', { cause: failed });
  expect(explain(error).split('\n')[0]).toBe(
    'JOURNAL_OPEN: the journal cannot be opened (Database failed to open: lock /data/LOCK: held by another process)',
  );
  const bare = new WellheadError('JOURNAL_OPEN', 'no room left', { cause: new Error('no room') });
  expect(explain(bare).split('\n')[0]).toBe('JOURNAL_OPEN: no room left');
});
