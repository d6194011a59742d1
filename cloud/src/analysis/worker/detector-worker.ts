// A worker thread: holds detectors and gives them readings, so that ingest and API never wait for it.
import { parentPort } from 'node:worker_threads';
import { createSensorDetector } from '../detector/wellhead/create-sensor-detector.ts';
import type { LookAnswer, LookRequest, Sight, WorkerRequest } from './messages.ts';
import { WatchedDetector } from './watched-detector.ts';

/** How many there are is bounded by the runner, which says which to forget. */
const detectors = new Map<string, WatchedDetector>();

parentPort!.on('message', (request: WorkerRequest) => {
  if (request.kind === 'forget') detectors.delete(request.key);
  else parentPort!.postMessage(answer(request));
});

function answer(request: LookRequest): LookAnswer {
  const { job, key } = request;
  try {
    return { job, sight: look(request) };
  } catch (error) {
    // A detector that failed in the middle of a reading is no good for the next one.
    detectors.delete(key);
    return { job, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function look({ key, begin, columns, tell }: LookRequest): Sight {
  const startedAt = performance.now();
  if (begin !== undefined)
    detectors.set(key, new WatchedDetector(createSensorDetector(begin.settings), begin.life));
  const detector = detectors.get(key);
  if (detector === undefined) throw new Error(`there is no detector ${key}`);
  detector.take(columns);
  const { isOver } = detector;
  const told = tell ? detector.report() : undefined;
  return { leftOut: 0, ...told, isOver, seconds: (performance.now() - startedAt) / 1000 };
}
