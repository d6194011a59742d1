import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Level } from 'level';
import { expect, it } from 'vitest';
import { Collector, texts } from '../reading-log.contract.ts';
import { openLevelLog } from './level-log.ts';

const program = fileURLToPath(new URL('./append-until-killed.testing.ts', import.meta.url));
const kills = 12;

/** Runs the appending program until it said `goal` appends were resolved, kills it, and gives all it said. */
async function appendUntilKilled(folder: string, first: number, goal: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const resolved: number[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    resolved.push(Number(line));
    if (resolved.length === goal) child.kill('SIGKILL');
  });
  await ended;
  expect(child.signalCode).toBe('SIGKILL');
  return resolved;
}

it('holds every resolved append after each of twelve kills', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wellhead-log-kill-'));
  const expected = new Set<string>();
  let last = 0;
  for (let kill = 1; kill <= kills; kill++) {
    // Goals that are no multiple of the appends at once, so that kills fall between resolved ones too.
    const resolved = await appendUntilKilled(folder, last + 1, 1 + Math.floor(Math.random() * 400));
    for (const number of resolved) expected.add(`batch ${number}`);
    const log = await openLevelLog({
      db: new Level<string, Uint8Array>(folder, { valueEncoding: 'view' }),
      now: Date.now,
      defer: setImmediate,
    });
    const reader = new Collector();
    await (await reader.start(log, 'auditor', { from: 1 })).caughtUp();
    const held = texts(reader.entries);
    const heldSet = new Set(held);
    expect([...expected].filter((text) => !heldSet.has(text))).toEqual([]);
    expect(held.length).toBe(heldSet.size);
    const offsets = reader.entries.map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.map((_, i) => i + 1));
    last = Math.max(...held.map((text) => Number(text.slice('batch '.length))));
    await log.close();
  }
  await rm(folder, { recursive: true });
});
