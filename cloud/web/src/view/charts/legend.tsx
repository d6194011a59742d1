// What the marks in the charts mean.
import { FlagMark } from '../flag-mark.tsx';

export function Legend() {
  return (
    <ul class="legend" aria-label="Marks in the charts">
      <li>
        <span class="legend-line" aria-hidden="true" /> good, joined
      </li>
      <li>
        <FlagMark flag={3} /> suspect: may be true, joined
      </li>
      <li>
        <FlagMark flag={4} /> bad: not joined, does not set the axis
      </li>
      <li>
        <FlagMark flag={9} /> missing: no value given
      </li>
      <li>
        <span class="legend-gap" aria-hidden="true" /> gap: no reading
      </li>
      <li>
        <span class="legend-late" aria-hidden="true" /> arrived afterwards
      </li>
      <li>
        <span class="legend-event" aria-hidden="true" /> event, named above it
      </li>
      <li>
        <b class="annotation-mark" aria-hidden="true">
          #1
        </b>{' '}
        annotation, its text is below
      </li>
      <li>
        <span class="dip-mark" aria-hidden="true">
          ◉
        </span>{' '}
        measured by hand
      </li>
      <li>
        <span class="legend-limit" aria-hidden="true" /> plausible up to here
      </li>
    </ul>
  );
}

export function ChartKeys() {
  return (
    <p class="chart-keys muted">
      Drag across a chart to zoom in. Keys on a chart: ← → next reading, with Shift the next flagged one; Page
      Up and Page Down 24 readings; Home and End first and last; Enter or a click chooses the moment of an
      annotation; Escape lets go.
    </p>
  );
}
