import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDuckdbStore } from './duckdb-store.ts';

const program = fileURLToPath(new URL('./replace-until-killed.testing.ts', import.meta.url));

/** Kills the writing child after some resolved calls, and says which was the last it had told of. */
async function killAfter(path: string, first: number, calls: number): Promise<number> {
  const args = ['--import', 'tsx', program, path, String(first)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let last = first - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === first + calls - 1) child.kill('SIGKILL');
  }
  await exited;
  return last;
}

it('events, feedback and annotations of resolved calls are there after each of five kills, and nothing by halves', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wellhead-events-kill-'));
  const path = join(folder, 'readings.duckdb');
  let resolved = 0;
  for (let kill = 1; kill <= 5; kill++) {
    resolved = await killAfter(path, resolved + 1, 1 + Math.floor(Math.random() * 60));
    const store = await openDuckdbStore({ path });
    const { events } = await store.events.find({ limit: 10_000 });
    // One more may have been written than was told of.
    expect([resolved, resolved + 1]).toContain(events.length);
    for (const { id, feedback } of events.slice(-resolved)) expect(feedback?.event).toBe(id);
    const { annotations } = await store.annotations.find({ site: 'site-a', withdrawn: true, limit: 10_000 });
    expect([resolved, resolved + 1]).toContain(annotations.length);
    for (const { withdrawn } of annotations.slice(-resolved)) expect(withdrawn?.by).toBe('bob');
    await store.close();
  }
  await rm(folder, { recursive: true });
});
