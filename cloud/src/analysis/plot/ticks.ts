// Round numbers and times for the axes of a plot.
import { minuteMs } from '@wellhead/protocol';

/** Round numbers (1, 2 or 5 times a power of ten apart) that cover a range in about `count` steps. */
export function ticksOf(low: number, high: number, count: number): number[] {
  const step = roundStep((high - low) / count);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(Number((i * step).toFixed(decimals)));
  return ticks;
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}

const timeSteps = [
  1, 2, 5, 10, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 10_080, 20_160, 43_200, 129_600, 525_600,
].map((minutes) => minutes * minuteMs);

/** Times of day or dates that cover a range in at most `count` steps, with a label each; UTC. */
export function timeTicksOf(low: number, high: number, count: number): { at: number; label: string }[] {
  const step =
    timeSteps.find((length) => (high - low) / length <= count) ??
    timeSteps.at(-1)! * Math.ceil((high - low) / timeSteps.at(-1)! / count);
  const ticks: { at: number; label: string }[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) {
    const text = new Date(at).toISOString();
    ticks.push({
      at,
      label: step >= 1440 * minuteMs ? text.slice(0, 10) : `${text.slice(5, 10)} ${text.slice(11, 16)}`,
    });
  }
  return ticks;
}
