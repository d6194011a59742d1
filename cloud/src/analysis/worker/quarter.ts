// Quarters of years, UTC, counted through: the first one of 1970 is 7880.

/** The quarter of a time in milliseconds since 1970. */
export function quarterOf(time: number): number {
  const date = new Date(time);
  return 4 * date.getUTCFullYear() + Math.floor(date.getUTCMonth() / 3);
}

/** The first moment of a quarter. */
export function quarterStart(quarter: number): number {
  return Date.UTC(Math.floor(quarter / 4), 3 * (((quarter % 4) + 4) % 4), 1);
}
