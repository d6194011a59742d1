/**
 * Reads a sensor's time: ISO 8601 text (without a zone it is UTC), or seconds or milliseconds since 1970.
 * Milliseconds since 1970 UTC; undefined when it is no time.
 */
export function readTime(value: unknown): number | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return undefined;
    // 10^11 seconds lie in the year 5138, 10^11 milliseconds in 1973.
    return Math.abs(value) < 1e11 ? value * 1000 : value;
  }
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const zoned = text.endsWith('Z') || /[+-]\d{2}:?\d{2}$/.test(text.slice(10));
  const time = Date.parse(
    zoned ? text : text.length === 10 ? `${text}T00:00:00Z` : `${text.replace(' ', 'T')}Z`,
  );
  return Number.isNaN(time) ? undefined : time;
}
