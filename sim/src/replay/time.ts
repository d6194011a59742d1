// Times as loggers write them, read as milliseconds.

/** Date, then optionally a time of day after "T" or a blank, then optionally a zone. */
const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))?)?$/;

/**
 * Reads `2017-01-01T00:00:00.000Z`, `2017-01-01 00:00[:00]`, `2017-01-01`; a time without a zone is UTC.
 * Gives milliseconds since 1970, or undefined when the text is no such time or names a day that never was.
 */
export function parseTime(text: string): number | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  const second = Number(match[6] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000 + 1e-6);
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  // Date.UTC carries 31 April over to May and takes the years 0 to 99 for 1900 and after.
  const date = new Date(local);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined;
  if (match[9] === undefined) return local;
  const zoneMinutes = Number(match[10]) * 60 + Number(match[11]);
  return local - (match[9] === '-' ? -1 : 1) * zoneMinutes * 60_000;
}

/** Does the cell hold a time of day alone, as the second column of a logger's file does? */
export function isTimeOfDay(text: string): boolean {
  return /^\d\d:\d\d(:\d\d([.,]\d+)?)?$/.test(text.trim());
}
