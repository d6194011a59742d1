// Times are UTC everywhere on the page, and say so.

/** "2024-05-01 12:00 UTC"; with seconds only where there are some. */
export function formatTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  const seconds = iso.slice(16, 19) === ':00' ? '' : iso.slice(16, 19);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${seconds} UTC`;
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** "3 s", "12 min", "5 h", "40 d": the largest unit that fits, rounded down. */
export function formatAge(seconds: number): string {
  for (const [unit, size] of units) {
    // 90 minutes say more than "1 h", 36 hours more than "1 d".
    if (seconds >= size * (unit === 'min' ? 1 : 2)) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${Math.max(0, Math.floor(seconds))} s`;
}
