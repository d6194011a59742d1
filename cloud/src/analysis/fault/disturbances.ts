// When the instrument was not simply measuring: out of the water, dropping out, silent, or worked at.
import { causes, flags } from '@wellhead/protocol';
import type { FaultContext, FaultWindow } from './fault-window.ts';

/** A time at which the instrument was not simply measuring. */
export interface Disturbance {
  readonly from: number;
  readonly to: number;
  readonly what: string;
  /** People say so: it needs no working hours. */
  readonly isCertain: boolean;
}

/** One missing value may be a bad contact; so many are somebody's hand. */
const fewestMissing = 2;
/** More than so many intervals without a reading are a hole. */
const hole = 2;

const words = new Map<number, string>([
  [causes['out-of-water'], 'was out of the water'],
  [causes.dropout, 'dropped out'],
  [causes['logger-dropout'], 'dropped out'],
  [causes.missing, 'gave no values'],
]);

/** Maintenance, runs out of the water, of dropouts and of missing values in any property, and holes; by start. */
export function disturbancesOf(window: FaultWindow, { maintenance = [] }: FaultContext): Disturbance[] {
  const found: Disturbance[] = maintenance.map(({ from, to }) => ({
    from,
    to,
    what: 'was worked at',
    isCertain: true,
  }));
  const { times } = window;
  let run: { from: number; count: number; what: string } | undefined;
  for (let i = 0; i <= times.length; i++) {
    const what = i < times.length ? whatAt(window, i) : undefined;
    if (run !== undefined && what !== run.what) {
      const isRun = run.what !== words.get(causes.missing) || run.count >= fewestMissing;
      if (isRun) found.push({ from: run.from, to: times[i - 1]!, what: run.what, isCertain: false });
      run = undefined;
    }
    if (what !== undefined) {
      run ??= { from: times[i]!, count: 0, what };
      run.count++;
    }
    if (i > 0 && i < times.length && times[i]! - times[i - 1]! > hole * window.interval)
      found.push({ from: times[i - 1]!, to: times[i]!, what: 'gave no readings', isCertain: false });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The most telling of what the properties say: out of the water before all, missing last. */
function whatAt({ flags: flagged, causes: caused }: FaultWindow, i: number): string | undefined {
  for (const [cause, what] of words) {
    for (let p = 0; p < caused.length; p++) {
      const flag = flagged[p]![i]!;
      if (caused[p]![i] === cause && (flag === flags.bad || flag === flags.missing)) return what;
    }
  }
  return undefined;
}
