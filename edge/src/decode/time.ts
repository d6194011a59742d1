/** `2026-01-31`, `2026-01-31T12:00`, `2026-01-31 12:00:00.250 +01:00` and what lies between. */
const isoTime =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?))?)?$/i;
/** The furthest moment that a Date can name, in milliseconds. */
const furthest = 8.64e15;

/**
 * Reads a sensor's time: ISO 8601 text, or seconds or milliseconds since 1970. Text without a zone is so many
 * minutes ahead of UTC. Whole milliseconds since 1970 UTC; undefined when it is no time.
 */
export function readTime(value: unknown, minutesAhead = 0): number | undefined {
  if (typeof value === 'number') return readNumber(value);
  return typeof value === 'string' ? readText(value.trim(), minutesAhead) : undefined;
}

function readNumber(value: number): number | undefined {
  // 10^11 seconds lie in the year 5138, 10^11 milliseconds in 1973.
  const ms = Math.round(Math.abs(value) < 1e11 ? value * 1000 : value);
  return Math.abs(ms) <= furthest ? ms : undefined;
}

// Not Date.parse: it takes 30 February for 1 March, and text it half understands for local time.
function readText(text: string, minutesAhead: number): number | undefined {
  const parts = isoTime.exec(text);
  if (parts === null) return undefined;
  const part = (index: number) => Number(parts[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const hasZone = parts[8] !== undefined || parts[9] !== undefined;
  const zone = hasZone ? (part(10) * 60 + part(11)) * (parts[9] === '-' ? -1 : 1) : minutesAhead;
  // Loggers write the end of a day as 24:00, and a leap second as :60.
  const isClockTime =
    (hour < 24 || (hour === 24 && minute === 0 && second === 0)) && minute < 60 && second <= 60;
  if (!isClockTime || year < 1000 || Math.abs(zone) > 14 * 60 || part(11) > 59) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const fraction = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  return date.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + fraction;
}
