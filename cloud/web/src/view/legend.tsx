// What the marks in the charts mean.
import { FlagMark } from './flag-mark.tsx';

export function Legend() {
  return (
    <div class="legend">
      <ul>
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
          <FlagMark flag={9} /> missing: the instrument gave no value
        </li>
        <li>
          <span class="legend-gap" aria-hidden="true" /> gap: no reading
        </li>
      </ul>
      <p class="muted">
        All times are UTC. Drag across a chart to zoom in. Keys on a chart: ←&nbsp;→ next reading, Shift with
        them next flagged one, Page&nbsp;Up/Down a day of hourly readings, Home/End first and last.
      </p>
    </div>
  );
}
