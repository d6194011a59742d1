// Watches the process of a run from outside: whatever becomes of it, somebody is left to say so.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quoteEnd } from '../harness/endings.ts';
import { makeFolder, repository } from '../harness/program.ts';
import type { DeliveryReport, Stage } from './delivery.ts';
import type { RunMessage } from './delivery-run.ts';
import type { DeliverySettings } from './delivery-settings.ts';
import type { Breakdown } from './last-word.ts';

export interface WatchedRun {
  readonly pid: number | undefined;
  /** The report, or where and why there is none. Never rejects. */
  readonly outcome: Promise<DeliveryReport | Breakdown>;
  /** Breaks it off; the outcome says so. */
  readonly stop: (reason: string) => void;
}

export function watchRun(settings: DeliverySettings, onStage: (stage: Stage) => void): WatchedRun {
  const folder = makeFolder('delivery');
  // A group of its own, so that nothing that it started is left behind, however it ends.
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'delivery-run.ts'), JSON.stringify(settings)],
    {
      cwd: repository,
      detached: true,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      env: {
        ...process.env,
        TMPDIR: folder.path,
        WELLHEAD_CACHE: process.env.WELLHEAD_CACHE ?? join(tmpdir(), 'wellhead-cache'),
      },
    },
  );
  let stage: Stage | undefined;
  let report: DeliveryReport | undefined;
  let reason: string | undefined;
  let written = '';
  const losses: string[] = [];
  child.stderr!.on('data', (text) => {
    written = (written + text).slice(-4_000);
    process.stderr.write(text);
  });
  child.on('message', (message: RunMessage) => {
    if (message.kind === 'stage') {
      stage = message.stage;
      onStage(stage);
    } else if (message.kind === 'loss') losses.push(message.text);
    else if (message.kind === 'report') report = message.report;
    else reason ??= message.reason;
  });
  const killAll = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of them are gone already.
    }
  };
  process.once('exit', killAll);
  const outcome = new Promise<DeliveryReport | Breakdown>((resolve) => {
    const end = (how: string) => {
      folder.remove();
      reason ??= `the process of the run ended by itself (${how})${quoteEnd(written)}`;
      resolve(report ?? { stage, reason, losses });
    };
    // What it started may hold its ends of the pipes: only without them it is closed, and all that it said is read.
    child.once('exit', killAll);
    child.once('close', (code, signal) => end(signal ?? `exit code ${code}`));
    child.once('error', (error) => end(error.message));
  });
  return {
    pid: child.pid,
    outcome,
    stop(why) {
      reason ??= why;
      killAll();
    },
  };
}
