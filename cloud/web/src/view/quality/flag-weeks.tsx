// Flagged values by cause: how many in all, and in which weeks.
import { causeText } from '../../format/flag.ts';
import { formatCount } from '../../format/number.ts';
import type { FlagCounts } from './flag-counts.ts';

const height = 22;
const bar = 14;

export function FlagWeeks({ counts: { weeks, causes } }: { readonly counts: FlagCounts }) {
  if (causes.length === 0) return <p class="muted">No value of these readings is flagged.</p>;
  const most = Math.max(...causes.flatMap(({ counts }) => counts));
  const week = (time: number) => new Date(time).toISOString().slice(0, 10);
  return (
    <>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col">Cause</th>
            <th scope="col">Values</th>
            <th scope="col">By week</th>
          </tr>
        </thead>
        <tbody>
          {causes.map(({ cause, total, counts }) => (
            <tr key={cause}>
              <th scope="row">{causeText(cause)}</th>
              <td class="number">{formatCount(total)}</td>
              <td class="bar-cell">
                <svg
                  viewBox={`0 0 ${weeks.length * bar} ${height}`}
                  width={weeks.length * bar}
                  height={height}
                  role="img"
                  aria-label={counts.map((count, i) => `week of ${week(weeks[i]!)}: ${count}`).join(', ')}
                >
                  {counts.map((count, i) => (
                    <rect
                      key={weeks[i]}
                      class={count === 0 ? 'day' : 'flag-bar'}
                      x={i * bar + 1}
                      width={bar - 2}
                      y={count === 0 ? height - 1 : height - Math.max(2, (count / most) * height)}
                      height={count === 0 ? 1 : Math.max(2, (count / most) * height)}
                    />
                  ))}
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">
        Weeks from {week(weeks[0]!)} on, UTC; the highest bar stands for {formatCount(most)} values in a week.
      </p>
    </>
  );
}
