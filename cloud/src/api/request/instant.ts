// Reads moments as people and programs write them in an address: ISO 8601 or milliseconds since 1970.
import { minuteMs } from '@wellhead/protocol';
import { z } from 'zod';

const epochMs = /^-?\d{5,15}$/;
const date = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const dateTime =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Milliseconds since 1970 of a moment, or undefined where the text is none. A date alone is its first moment;
 * no zone means UTC; four digits are a year, more are milliseconds.
 */
export function parseInstant(text: string): number | undefined {
  if (epochMs.test(text)) return Number(text);
  const day = date.exec(text);
  if (day !== null) return utc(day[1]!, day[2] ?? '01', day[3] ?? '01');
  // A "+" in an address that nobody escaped arrives as a space.
  const match = dateTime.exec(text.replace(/(:\d{2}(?:\.\d+)?) (\d{2}:?\d{2})$/, '$1+$2'));
  if (match === null) return undefined;
  const [, year, month, dayOfMonth, hour, minute, second = '0', fraction = '0', zone = 'Z'] = match;
  const midnight = utc(year!, month!, dayOfMonth!);
  if (midnight === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined;
  const timeOfDay = (Number(hour) * 60 + Number(minute)) * minuteMs + Number(second) * 1000;
  const offset = zoneOffset(zone);
  if (offset === undefined) return undefined;
  return midnight + timeOfDay + Math.floor(Number(fraction) * 1000) - offset;
}

function utc(year: string, month: string, day: string): number | undefined {
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // 2024-02-30 would silently become the 1st of March.
  const same = moment.getUTCMonth() === Number(month) - 1 && moment.getUTCDate() === Number(day);
  return same ? moment.getTime() : undefined;
}

function zoneOffset(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * minuteMs;
}

/** A parameter that is a moment; read as milliseconds since 1970. */
export function instantSchema(description: string, example: string) {
  return z
    .string()
    .max(40)
    .meta({ description, examples: [example] })
    .transform((text, context) => {
      const instant = parseInstant(text);
      // Dates end 100 million days from 1970.
      if (instant !== undefined && Math.abs(instant) <= 8.64e15) return instant;
      context.addIssue({
        code: 'custom',
        message:
          'write a time such as 2024-05-01, 2024-05-01T12:00Z or 2024-05-01T12:00+01:00 (no zone means UTC), or milliseconds since 1970',
      });
      return z.NEVER;
    });
}
