// Which readings a request means: a range of their own time, and the moment by which they were stored.
import { isoOrNull } from '../../overview/describe-sensors.ts';

export interface AskedRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly asOf?: number | undefined;
}

/** As stores take it: without keys that were not given. */
export function rangeOf({ from, to, asOf }: AskedRange): { from?: number; to?: number; asOf?: number } {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(asOf === undefined ? {} : { asOf }),
  };
}

/** As answers repeat it. */
export function rangeAnswer({ from, to, asOf }: AskedRange) {
  return { from: isoOrNull(from), to: isoOrNull(to), asOf: isoOrNull(asOf) };
}
