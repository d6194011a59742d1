// Which readings a request means: a range of their own time, and the moment by which they were stored.
import { isoOrNull } from '@wellhead/protocol';
import { given } from './given.ts';

export interface AskedRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly asOf?: number | undefined;
}

/** As stores take it: without keys that were not given. */
export function rangeOf({ from, to, asOf }: AskedRange): { from?: number; to?: number; asOf?: number } {
  return given({ from, to, asOf });
}

/** As answers repeat it. */
export function rangeAnswer({ from, to, asOf }: AskedRange) {
  return { from: isoOrNull(from), to: isoOrNull(to), asOf: isoOrNull(asOf) };
}

export function isInOrder({ from, to }: AskedRange): boolean {
  return from === undefined || to === undefined || from <= to;
}

/** The problem of a range that is not in order. */
export function liesBefore(remark = '') {
  return { path: ['to'], message: `lies before \`from\`${remark}` };
}
