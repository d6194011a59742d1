// One way over a bad link: bytes come late and slowly, in order, and none is lost.
import type { Socket } from 'node:net';

/** How one link behaves at the moment, shared by all its connections; `changed` is called after each change. */
export interface LinkState {
  latencyMs: number;
  bytesPerSecond: number;
  isStalled: boolean;
  readonly waiters: Set<() => void>;
}

/** One way over the link: all connections share its capacity. `freeAt` is when the last byte is through. */
export interface Lane {
  freeAt: number;
  bytes: number;
}

interface Piece {
  readonly bytes: Buffer;
  readonly arrivedAt: number;
}

/** Under way in one direction of one connection at most; then the sender is made to wait. */
export const bufferBytes = 262_144;

/** A slow link lets through this much time's worth at once, so that bytes trickle and do not come in lumps. */
const sliceSeconds = 0.05;
const largestSlice = 16_384;

/**
 * Carries bytes from one socket to the other, late and slowly as the state says, in order and without loss,
 * and passes the end on. Holds `bufferBytes` and what one read brings; beyond that `from` is paused.
 */
export function carry(from: Socket, to: Socket, lane: Lane, state: LinkState): void {
  const queue: Piece[] = [];
  let queued = 0;
  let hasEnded = false;
  let isRunning = false;

  from.on('data', (bytes: Buffer) => {
    queue.push({ bytes, arrivedAt: performance.now() });
    queued += bytes.length;
    if (queued >= bufferBytes) from.pause();
    run();
  });
  from.on('end', () => {
    hasEnded = true;
    run();
  });

  function run(): void {
    if (isRunning) return;
    isRunning = true;
    void deliver();
  }

  async function deliver(): Promise<void> {
    while (!to.destroyed) {
      const head = queue[0];
      if (head === undefined) {
        // Before the return, not after it: what arrives in between must start a new run.
        isRunning = false;
        if (hasEnded && !to.writableEnded) to.end();
        return;
      }
      while (state.isStalled && !to.destroyed) await change(state, to);
      const slice = head.bytes.subarray(0, sliceOf(state.bytesPerSecond));
      const now = performance.now();
      lane.freeAt = Math.max(lane.freeAt, now) + (slice.length / state.bytesPerSecond) * 1000;
      await until(lane.freeAt, state, to);
      await until(() => head.arrivedAt + state.latencyMs, state, to);
      if (to.destroyed) return;
      if (slice.length === head.bytes.length) queue.shift();
      else queue[0] = { bytes: head.bytes.subarray(slice.length), arrivedAt: head.arrivedAt };
      queued -= slice.length;
      lane.bytes += slice.length;
      if (!to.write(slice)) await drained(to);
      if (queued < bufferBytes && from.isPaused()) from.resume();
    }
  }
}

function sliceOf(bytesPerSecond: number): number {
  return Math.max(1, Math.min(largestSlice, Math.floor(bytesPerSecond * sliceSeconds)));
}

/** Waits for a moment that may move while one waits, and for the end of a stall. */
async function until(moment: number | (() => number), state: LinkState, socket: Socket): Promise<void> {
  for (;;) {
    if (socket.destroyed) return;
    const left = (typeof moment === 'number' ? moment : moment()) - performance.now();
    if (state.isStalled) await change(state, socket);
    else if (left > 0) await change(state, socket, left);
    else return;
  }
}

/** Resolves when the state changes, the socket closes, or the time is up. */
function change(state: LinkState, socket: Socket, timeoutMs?: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      state.waiters.delete(done);
      socket.off('close', done);
      resolve();
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(done, Math.min(timeoutMs, 2 ** 31 - 1));
    state.waiters.add(done);
    socket.once('close', done);
  });
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}
