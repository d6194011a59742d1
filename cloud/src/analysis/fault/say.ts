// Numbers and times in the sentences about faults.
import { time } from '../event/explain.ts';
import type { FaultProperty } from './fault-window.ts';

/** With as many decimals as the instrument shows and one more, or four digits, and the unit. */
export function amount(value: number, { resolution, unit }: FaultProperty): string {
  const number =
    resolution === undefined
      ? String(Number(value.toPrecision(4)))
      : value.toFixed(Math.min(10, Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9) + 1)));
  return unit === '' ? number : `${number} ${unit}`;
}

/** The same with its sign. */
export function change(value: number, property: FaultProperty): string {
  return `${value < 0 ? '−' : '+'}${amount(Math.abs(value), property)}`;
}

export { time };
