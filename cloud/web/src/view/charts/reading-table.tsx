// The readings as a table: for those who would rather read numbers than look at lines.
import { useState } from 'preact/hooks';
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import type { Loaded } from '../../client/load-readings.ts';
import { formatAge } from '../../format/time.ts';
import { useTime } from '../../format/use-time.ts';
import { FlagMark } from '../flag-mark.tsx';
import { type TableRow, tableRows } from './table-rows.ts';

const rowsShown = 25;

interface ReadingTableProps {
  readonly sensor: SensorAnswer;
  readonly loaded: Loaded | undefined;
  /** The table follows the cursor of the charts. */
  readonly cursor: number | undefined;
}

export function ReadingTable({ sensor, loaded, cursor }: ReadingTableProps) {
  const [isOpen, setOpen] = useState(false);
  const [back, setBack] = useState(0);
  const formatTime = useTime();
  const sent = sensor.properties.filter(({ isSent }) => isSent);
  const all = isOpen ? tableRows(loaded, sent) : [];
  const end = Math.max(Math.min(rowsShown, all.length), endAt(all, cursor) - back * rowsShown);
  const rows = all.slice(Math.max(0, end - rowsShown), end).reverse();
  return (
    <details class="readings" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Readings of {sensor.title} as a table</summary>
      {isOpen ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <section class="table-scroll" tabIndex={0} aria-label={`Readings of ${sensor.title}`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">
                    {loaded?.thinned === undefined
                      ? 'Measured'
                      : `From, for ${formatAge(loaded.thinned.bucketSeconds)}`}
                  </th>
                  {sent.map(({ name, title, unit }) => (
                    <th key={name} scope="col">
                      {title ?? name} {unit ? <span class="unit">{unit}</span> : null}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ key, time, cells }) => (
                  <tr key={key}>
                    <th scope="row" class="nowrap">
                      {formatTime(time)}
                    </th>
                    {cells.map(({ name, text, flag, words }) => (
                      <td key={name}>
                        {text}
                        {flag > 2 ? (
                          <>
                            {' '}
                            <FlagMark flag={flag} /> {words}
                          </>
                        ) : null}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p class="pager">
            <button type="button" disabled={end >= all.length} onClick={() => setBack(back - 1)}>
              Newer
            </button>
            <button type="button" disabled={end <= rowsShown} onClick={() => setBack(back + 1)}>
              Older
            </button>
          </p>
        </>
      ) : null}
    </details>
  );
}

/** The place after the last row: with the cursor in the middle of the page, or at the newest reading. */
function endAt(rows: readonly TableRow[], cursor: number | undefined): number {
  if (cursor === undefined) return rows.length;
  const at = rows.findIndex(({ time }) => time >= cursor);
  return at < 0 ? rows.length : Math.min(rows.length, at + Math.ceil(rowsShown / 2));
}
