// Cuts a range into windows that hold few enough readings to be sorted and held at once.
import type { Query } from '../open/query-lane.ts';

/** As many readings as a window holds unless more share one moment: some MB. */
const maxReadings = 32_768;
/** A window that holds too many is cut into so many. */
const cuts = 1_024;

/** Half-open. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Cut {
  readonly query: Query;
  /** Selects `measured_at` of all readings in a window. */
  readonly select: (window: Window) => string;
}

/** In order of time, without windows that hold nothing. */
export async function cutWindows(window: Window, cut: Cut): Promise<Window[]> {
  const length = (window.to - window.from) / cuts;
  const result = await cut.query(
    `SELECT least(floor((measured_at - ${window.from}::DOUBLE) / ${length}::DOUBLE), ${cuts - 1})::INTEGER AS place, count(*)::INTEGER,
       min(measured_at), max(measured_at)
     FROM (${cut.select(window)}) GROUP BY place ORDER BY place`,
  );
  const parts = (await result.getRows()) as [number, number, number, number][];
  const windows: Window[] = [];
  let held = 0;
  for (const [, count, first, last] of parts) {
    // What was measured at `last` belongs to it.
    const to = nextAfter(last);
    const open = windows.at(-1);
    if (count > maxReadings && last > first) {
      windows.push(...(await cutWindows({ from: first, to }, cut)));
      held = maxReadings;
    } else if (open !== undefined && held + count <= maxReadings) {
      windows[windows.length - 1] = { from: open.from, to };
      held += count;
    } else {
      windows.push({ from: first, to });
      held = count;
    }
  }
  return windows;
}

/** The next greater double: times have fractions of milliseconds. */
export function nextAfter(value: number): number {
  const bits = new BigInt64Array(Float64Array.of(value === 0 ? 0 : value).buffer);
  bits[0] = bits[0]! + (value >= 0 ? 1n : -1n);
  return new Float64Array(bits.buffer)[0]!;
}
