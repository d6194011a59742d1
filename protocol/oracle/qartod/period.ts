const dayMs = 86_400_000;

/** A number that a moment has within a longer time, in UTC. */
const periods = {
  year: (date: Date) => date.getUTCFullYear(),
  quarter: (date: Date) => Math.floor(date.getUTCMonth() / 3) + 1,
  month: (date: Date) => date.getUTCMonth() + 1,
  weekofyear: isoWeek,
  dayofyear: (date: Date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs) + 1,
  dayofweek: mondayBased,
} as const;

export type Period = keyof typeof periods;

/** Which month (from 1), quarter (1), ISO week (1), day of the year (1), weekday (Monday is 0) or year it is. */
export function periodOf(period: Period, time: number): number {
  return periods[period](new Date(time));
}

function mondayBased(date: Date): number {
  return (date.getUTCDay() + 6) % 7;
}

/** ISO 8601: a week belongs to the year that its Thursday is in. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - mondayBased(date)) * dayMs);
  return Math.ceil(periods.dayofyear(thursday) / 7);
}
