// The three pictures of one sensor's quality, from its last year and its newest readings.
import { dayMs } from '@wellhead/protocol';
import { useMemo } from 'preact/hooks';
import type { SensorAnswer, StoredReading } from '../../../../src/api/answer/answers.ts';
import { loadNewest } from '../../client/load-newest.ts';
import { type Loaded, loadReadings } from '../../client/load-readings.ts';
import { useAnswer } from '../../client/use-answer.ts';
import { sensorKey } from '../../client/use-sensors.ts';
import { formatCount } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { Bars } from './bars.tsx';
import { Calendar } from './calendar.tsx';
import { countByDay, dayShares } from './day-shares.ts';
import { countDelays } from './delays.ts';
import { countFlags } from './flag-counts.ts';
import { FlagWeeks } from './flag-weeks.tsx';

const calendarDays = 365;
const newestDays = 90;
const assumedIntervalSeconds = 3_600;
const everyMs = 60_000;

export function SensorQuality({ sensor }: { readonly sensor: SensorAnswer }) {
  const formatTime = useTime();
  const last = Date.parse(sensor.lastMeasuredAt ?? '') + 1;
  const first = Date.parse(sensor.firstMeasuredAt ?? '');
  const key = sensorKey(sensor);
  const from = Math.max(first, last - calendarDays * dayMs);
  const year = useAnswer<Loaded>(`year of ${key}`, {
    load: (_, signal) => loadReadings(sensor, { from, to: last, signal }),
    everyMs,
  });
  const newest = useAnswer<readonly StoredReading[]>(`newest of ${key}`, {
    load: (_, signal) => loadNewest(sensor, last - newestDays * dayMs, signal),
    everyMs,
  });
  const days = useMemo(() => {
    if (year.data === undefined) return undefined;
    const intervalMs = (sensor.intervalSeconds ?? assumedIntervalSeconds) * 1000;
    return dayShares(countByDay(year.data.thinned, year.data.readings), { from, to: last, intervalMs });
  }, [year.data]);
  const begin = Date.parse(newest.data?.[0]?.measuredAt ?? '');
  const problem = year.problem ?? newest.problem;
  return (
    <>
      <ProblemNotice problem={problem}>{problem} The page asks again within a minute.</ProblemNotice>
      <section class="card">
        <h2>Completeness by day</h2>
        {days === undefined ? <p class="muted">Loading …</p> : <Calendar days={days} />}
      </section>
      {newest.data === undefined || newest.data.length === 0 ? null : (
        <>
          <section class="card">
            <h2>Delay from measuring to storing</h2>
            <p class="muted">
              {formatCount(newest.data.length)} readings since {formatTime(begin)}
            </p>
            <Bars counts={countDelays(newest.data)} unit="readings" />
          </section>
          <section class="card">
            <h2>Flagged values by cause</h2>
            <FlagWeeks counts={countFlags(newest.data, begin, last)} />
          </section>
        </>
      )}
    </>
  );
}
