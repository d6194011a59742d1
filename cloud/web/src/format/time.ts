// Times say which zone they are in: UTC, or that of the place.

/** What the reader chose: UTC, or the time of the site or, without one, of the computer the page is looked at on. */
export type ZoneChoice = 'utc' | 'local';

/** The IANA name of the zone that times are shown in, as `UTC` or `Europe/London`. */
export function zoneOf(choice: ZoneChoice, siteZone: string | null | undefined): string {
  if (choice === 'utc') return 'UTC';
  if (siteZone && offsets(siteZone) !== undefined) return siteZone;
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** "2024-05-01 12:00 UTC", or "2024-05-01 13:00 +01:00"; with seconds only where there are some. */
export function formatTime(ms: number, zone: string): string {
  const offset = zone === 'UTC' ? 'UTC' : offsetAt(ms, zone);
  const iso = new Date(ms + (offset === 'UTC' ? 0 : offsetMs(offset))).toISOString();
  const seconds = iso.slice(16, 19) === ':00' ? '' : iso.slice(16, 19);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${seconds} ${offset.replace('-', '−')}`;
}

const known = new Map<string, Intl.DateTimeFormat | undefined>();

/** Says the offset of a moment; undefined where this browser does not know the zone. Made once for each zone. */
function offsets(zone: string): Intl.DateTimeFormat | undefined {
  if (!known.has(zone)) {
    let format: Intl.DateTimeFormat | undefined;
    try {
      format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch {
      // The cloud knows newer zones than an old browser; the browser's own is shown and named then.
    }
    known.set(zone, format);
  }
  return known.get(zone);
}

/** "+01:00": hours and minutes; those of the years before railway time had seconds too. */
function offsetAt(ms: number, zone: string): string {
  const name = offsets(zone)
    ?.formatToParts(ms)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name?.slice('GMT'.length) || '+00:00';
}

function offsetMs(offset: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000;
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
