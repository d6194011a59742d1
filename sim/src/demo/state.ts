// Where the demo is in its own time, kept so that a second start goes on there.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hourMs } from '@wellhead/protocol';

export interface DemoState {
  /** Time of the first simulated reading: milliseconds since 1970, UTC. */
  readonly startAt: number;
  /** Per borehole, the next step to publish. */
  readonly next: Record<string, number>;
}

const dayMs = 24 * hourMs;
/** The demo's time runs an hour a second; this far back it lasts for hours before it meets the present. */
const daysBack = 365;

export function loadDemoState(folder: string, days: number, now: number): DemoState {
  try {
    const state = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as DemoState;
    if (Number.isFinite(state.startAt) && typeof state.next === 'object') return state;
  } catch {
    // None yet, or one that was torn by a kill: readings published again are recognised and kept once.
  }
  return { startAt: Math.floor(now / dayMs) * dayMs - (daysBack + days) * dayMs, next: {} };
}

export function saveDemoState(folder: string, state: DemoState): void {
  const file = fileOf(folder);
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

function fileOf(folder: string): string {
  return join(folder, 'demo.json');
}
