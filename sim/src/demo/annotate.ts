// What a colleague wrote beside the readings of the demo, so that a visitor finds something to read.

import { setTimeout as wait } from 'node:timers/promises';
import { hourMs } from '@wellhead/protocol';
import { demoSite } from './configs.ts';

const againAfterMs = 1_000;
const answerWithinMs = 5_000;

/** The steps at which the level of borehole 1 lies below the sonde, and why. */
const pumpTest = {
  sensor: 'borehole-1',
  from: 1_180,
  to: 1_186,
  text: 'Pump test at the works next door, 12 l/s: the level fell below the sonde.',
} as const;

export interface AnnotateOptions {
  /** Of the cloud, as `http://127.0.0.1:8080`. */
  readonly address: string;
  /** When the history of the demo begins, in milliseconds since 1970. */
  readonly startAt: number;
  /** So often the cloud is asked, once a second: it may not know the sensor yet, or be away. */
  readonly tries?: number;
}

/** Returns whether it was written; false too where the signal came first. */
export async function annotate(
  { address, startAt, tries = 120 }: AnnotateOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { sensor, from, to, text } = pumpTest;
  const iso = (step: number) => new Date(startAt + step * hourMs).toISOString();
  const body = JSON.stringify({ site: demoSite, sensor, from: iso(from), to: iso(to), text });
  for (let i = 0; i < tries && !signal.aborted; i++) {
    if (await isTaken(`${address}/api/v1/annotations`, body)) return true;
    await wait(againAfterMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

async function isTaken(url: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // The cloud was killed, perhaps by the watcher: it comes back.
    return false;
  }
}
