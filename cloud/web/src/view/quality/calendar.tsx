// A year of days as squares: full, partly filled, or empty, so that colour is not the only sign.
import { dayMs } from '@wellhead/protocol';
import { formatCount } from '../../format/number.ts';
import { type DayShare, stepOf } from './day-shares.ts';

const square = 13;
/** 1970 began on a Thursday, the fourth day of its week. */
const firstWeekday = 3;
const words = ['none', 'less than half', 'some missing', 'complete'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const left = 34;
const top = 18;

export function Calendar({ days }: { readonly days: readonly DayShare[] }) {
  const [first] = days;
  if (first === undefined) return null;
  const number = (day: number) => day / dayMs + firstWeekday;
  const week = (day: number) => Math.floor(number(day) / 7) - Math.floor(number(first.day) / 7);
  const weeks = week(days.at(-1)!.day) + 1;
  const width = left + weeks * square + 20;
  const incomplete = days.filter((day) => stepOf(day) < 3);
  return (
    <>
      <div class="calendar-scroll">
        <svg
          class="calendar"
          viewBox={`0 0 ${width} ${top + 7 * square}`}
          width={width}
          height={top + 7 * square}
          role="img"
          aria-label={`${days.length - incomplete.length} of ${days.length} days are complete`}
        >
          {['Mon', 'Wed', 'Fri', 'Sun'].map((name, i) => (
            <text key={name} x="0" y={top + (2 * i + 1) * square - 3}>
              {name}
            </text>
          ))}
          {days
            .filter(
              ({ day }, i) =>
                new Date(day).getUTCDate() === 1 || (i === 0 && new Date(day).getUTCDate() < 20),
            )
            .map(({ day }) => (
              <text key={day} x={left + week(day) * square} y="11">
                {months[new Date(day).getUTCMonth()]}
              </text>
            ))}
          {days.map((day) => (
            <Day
              key={day.day}
              day={day}
              x={left + week(day.day) * square}
              y={top + (number(day.day) % 7) * square}
            />
          ))}
        </svg>
      </div>
      <ul class="legend">
        {words.map((word, step) => (
          <li key={word}>
            <svg class="calendar" width="12" height="12" aria-hidden="true">
              <DayMark step={step as 0 | 1 | 2 | 3} x={0} y={0} />
            </svg>{' '}
            {word}
          </li>
        ))}
      </ul>
      <p class="muted">
        {incomplete.length === 0
          ? 'Every day has as many readings as the rhythm of the sensor lets expect.'
          : `${incomplete.length} of ${days.length} days lack readings, the newest of them ${dayText(incomplete.at(-1)!)}.`}
      </p>
    </>
  );
}

function Day({ day, x, y }: { day: DayShare; x: number; y: number }) {
  return (
    <g>
      <title>{dayText(day)}</title>
      <DayMark step={stepOf(day)} x={x} y={y} />
    </g>
  );
}

function DayMark({ step, x, y }: { step: 0 | 1 | 2 | 3; x: number; y: number }) {
  const size = square - 2;
  const filled = [0, size * 0.35, size * 0.75, size][step]!;
  return (
    <>
      <rect class="day" x={x + 0.5} y={y + 0.5} width={size - 1} height={size - 1} />
      <rect class={`day-filled step-${step}`} x={x} y={y + size - filled} width={size} height={filled} />
    </>
  );
}

function dayText({ day, readings, expected }: DayShare): string {
  const share = Math.min(100, Math.floor((100 * readings) / expected));
  return `${new Date(day).toISOString().slice(0, 10)} UTC: ${formatCount(readings)} of ${formatCount(expected)} readings (${share} %)`;
}
