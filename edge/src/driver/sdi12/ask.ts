// One SDI-12 command and its answer, through an adapter that makes the break and the timing of the wire.

import { deadline, realTimers, type Timers } from '../../clock/timers.ts';
import type { Look, LookFor } from '../../decode/look.ts';
import type { Bus } from '../serial-bus/bus.ts';

export interface Sdi12Line {
  readonly bus: Bus;
  /** An answer that takes longer is none; without the sensor's own measuring time. */
  readonly timeoutMs: number;
  readonly timers?: Timers;
}

const cr = 0x0d;
const lf = 0x0a;

/**
 * Sends a command (without the `!`) and resolves with what `understand` makes of a line. Lines it makes nothing
 * of are noise: they are thrown away, and the sensor still has the rest of its time.
 */
export async function askSdi12<T>(
  { bus, timeoutMs, timers = realTimers }: Sdi12Line,
  command: string,
  understand: (line: string) => T | undefined,
  signal: AbortSignal,
): Promise<T> {
  const sent = `${command}!`;
  const limit = deadline(timers, timeoutMs, `no answer to ${sent} within ${timeoutMs} ms`, signal);
  try {
    return await bus.exchange(Buffer.from(sent, 'latin1'), lookForLine(understand, sent), limit.signal);
  } finally {
    limit.done();
  }
}

/** Waits for the service request `a<CR><LF>`. Resolves too when the sensor's time is up without one. */
export async function awaitServiceRequest(
  { bus, timers = realTimers }: Sdi12Line,
  address: string,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  if (seconds === 0) return;
  const limit = deadline(timers, seconds * 1_000, 'the time is up', signal);
  try {
    await bus.exchange(
      new Uint8Array(),
      // Noise may stand before it; and one taken for it by mistake only finds the sensor not ready.
      lookForLine((line) => (line.endsWith(address) ? true : undefined)),
      limit.signal,
    );
  } catch (error) {
    // Then the data may be asked for all the same; a port that went away is another matter.
    if (signal.aborted || !limit.signal.aborted) throw error;
  } finally {
    limit.done();
  }
}

function lookForLine<T>(understand: (line: string) => T | undefined, echo = ''): LookFor<T> {
  return (bytes): Look<T> | undefined => {
    const end = bytes.indexOf(lf);
    if (end === -1) return undefined;
    const hasCr = bytes[end - 1] === cr;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, hasCr ? end - 1 : end).toString('latin1');
    // Adapters may send the command back before the answer, and a line may begin with a spike of noise.
    const from = echo !== '' && text.includes(echo) ? text.lastIndexOf(echo) + echo.length : 0;
    const frame = hasCr ? understand(text.slice(from)) : undefined;
    return frame === undefined ? { discard: end + 1 } : { frame, from, to: end + 1 };
  };
}
