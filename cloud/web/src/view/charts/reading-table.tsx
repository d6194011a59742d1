// The readings as a table: for those who would rather read numbers than look at lines.
import { useState } from 'preact/hooks';
import type { SensorAnswer } from '../../../../src/api/answers.ts';
import type { StoredReading } from '../../../../src/store/reading-store.ts';
import { describeFlag } from '../../format/flag.ts';
import { formatValue } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';
import { FlagMark } from '../flag-mark.tsx';

const rowsShown = 25;

interface ReadingTableProps {
  readonly sensor: SensorAnswer;
  /** In order of time. */
  readonly readings: readonly StoredReading[];
  /** The table follows the cursor of the charts. */
  readonly cursor: number | undefined;
}

export function ReadingTable({ sensor, readings, cursor }: ReadingTableProps) {
  const [isOpen, setOpen] = useState(false);
  const [back, setBack] = useState(0);
  const formatTime = useTime();
  const sent = sensor.properties.filter(({ isSent }) => isSent);
  const end = Math.max(Math.min(rowsShown, readings.length), endAt(readings, cursor) - back * rowsShown);
  const rows = isOpen ? readings.slice(Math.max(0, end - rowsShown), end).reverse() : [];
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
                  <th scope="col">Measured</th>
                  {sent.map(({ name, title, unit }) => (
                    <th key={name} scope="col">
                      {title ?? name} {unit ? <span class="unit">{unit}</span> : null}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((reading) => (
                  <tr key={`${reading.origin} ${reading.seq}`}>
                    <th scope="row" class="nowrap">
                      {formatTime(Date.parse(reading.measuredAt))}
                    </th>
                    {sent.map(({ name, resolution }) => (
                      <td key={name}>
                        {reading.values[name] === undefined
                          ? ''
                          : formatValue(reading.values[name], resolution)}
                        {(reading.flags[name] ?? 1) > 2 ? (
                          <>
                            {' '}
                            <FlagMark flag={reading.flags[name]!} />{' '}
                            {describeFlag(reading.flags[name]!, reading.causes[name])}
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
            <button type="button" disabled={end >= readings.length} onClick={() => setBack(back - 1)}>
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
function endAt(readings: readonly StoredReading[], cursor: number | undefined): number {
  if (cursor === undefined) return readings.length;
  const at = readings.findIndex(({ measuredAt }) => Date.parse(measuredAt) >= cursor);
  return at < 0 ? readings.length : Math.min(readings.length, at + Math.ceil(rowsShown / 2));
}
