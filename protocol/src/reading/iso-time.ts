// Times as text that loses nothing, for people and other programs.

/**
 * A time in milliseconds since 1970 as ISO 8601, UTC: three digits after the second, more only where the
 * time has fractions of a millisecond (`new Date(…).toISOString()` would cut them off).
 */
export function isoTime(ms: number): string {
  const whole = Math.floor(ms);
  const text = new Date(whole).toISOString();
  if (whole === ms) return text;
  const rest = ms > 0 ? String(ms) : (ms - whole).toFixed(20);
  const digits = rest.includes('e') ? (ms - whole).toFixed(20).slice(2) : rest.slice(rest.indexOf('.') + 1);
  return `${text.slice(0, -1)}${digits.replace(/0+$/, '')}Z`;
}

/** Null where there is no such moment. */
export function isoOrNull(time: number | null | undefined): string | null {
  return typeof time === 'number' && Number.isFinite(time) ? isoTime(time) : null;
}
