// Times say which zone they are in: UTC, or that of the computer the page is looked at on.

export type Zone = 'utc' | 'local';

/** "2024-05-01 12:00 UTC", or "2024-05-01 13:00 +01:00"; with seconds only where there are some. */
export function formatTime(ms: number, zone: Zone): string {
  const offset = zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset();
  const iso = new Date(ms + offset * 60_000).toISOString();
  const seconds = iso.slice(16, 19) === ':00' ? '' : iso.slice(16, 19);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${seconds} ${zone === 'utc' ? 'UTC' : offsetText(offset)}`;
}

function offsetText(minutes: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${two(size / 60)}:${two(size % 60)}`;
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
