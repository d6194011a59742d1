// Which readings of a sensor are meant, as SQL.
import { doubleSql } from './schema.ts';

/** `from` ≤ measuredAt < `to`, of one sensor. */
export function conditions(
  sensor: { readonly id: number },
  { from, to }: { readonly from?: number; readonly to?: number },
): string {
  const all = [`sensor = ${sensor.id}`];
  if (from !== undefined && from > Number.NEGATIVE_INFINITY)
    all.push(`measured_at >= ${doubleSql(Math.min(from, Number.MAX_VALUE))}`);
  if (to !== undefined && to < Number.POSITIVE_INFINITY)
    all.push(`measured_at < ${doubleSql(Math.max(to, -Number.MAX_VALUE))}`);
  return all.join(' AND ');
}
