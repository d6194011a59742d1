// How the file of an export is called when somebody saves it, and what it is.
import type { AskedRange } from '../request/range.ts';

export type ExportFormat = 'csv' | 'ndjson' | 'parquet' | 'arrow';

export const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.stream',
};

/** That of an Arrow stream, which is not quite the file that `.arrow` means. */
const arrowSuffix = 'arrows';

/** Names of sites and sensors fit into file names; a range gets its days, and so does what was known on one. */
export function fileNameOf(
  {
    site,
    sensor,
    from,
    to,
    asOf,
  }: AskedRange & {
    readonly site: string;
    readonly sensor?: string | undefined;
  },
  format: ExportFormat,
): string {
  const day = (time: number | undefined, other: string) =>
    time === undefined ? other : new Date(time).toISOString().slice(0, 10);
  const range = from === undefined && to === undefined ? '' : `_${day(from, 'start')}_${day(to, 'now')}`;
  const known = asOf === undefined ? '' : `_as-of_${day(asOf, '')}`;
  const whose = sensor === undefined ? site : `${site}_${sensor}`;
  return `${whose}${range}${known}.${format === 'arrow' ? arrowSuffix : format}`;
}
