// Which readings of a sensor are meant, as SQL.
import { doubleSql } from '../open/schema.ts';

/** `from` ≤ measuredAt < `to` of one sensor, stored at `asOf` or before. */
export function conditions(
  sensor: { readonly id: number },
  { from, to, asOf }: { readonly from?: number; readonly to?: number; readonly asOf?: number },
): string {
  const all = [`sensor = ${sensor.id}`];
  if (from !== undefined && from > Number.NEGATIVE_INFINITY)
    all.push(`measured_at >= ${doubleSql(Math.min(from, Number.MAX_VALUE))}`);
  if (to !== undefined && to < Number.POSITIVE_INFINITY)
    all.push(`measured_at < ${doubleSql(Math.max(to, -Number.MAX_VALUE))}`);
  // To the whole millisecond, which is as fine as a store of dates holds it.
  if (asOf !== undefined && asOf < Number.POSITIVE_INFINITY)
    all.push(`stored_at < ${doubleSql(Math.max(Math.floor(asOf) + 1, -Number.MAX_VALUE))}`);
  return all.join(' AND ');
}
