import { expect, it } from 'vitest';
import { formatTime, zoneOf } from './time.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

it('a time in UTC says so, and seconds only where there are some', () => {
  expect(formatTime(utc('2026-03-29T01:00'), 'UTC')).toBe('2026-03-29 01:00 UTC');
  expect(formatTime(utc('2026-03-29T01:00:07'), 'UTC')).toBe('2026-03-29 01:00:07 UTC');
});

it('in spring the clock of the place leaves out an hour, and each time says its offset', () => {
  expect(formatTime(utc('2026-03-29T00:59'), 'Europe/London')).toBe('2026-03-29 00:59 +00:00');
  expect(formatTime(utc('2026-03-29T01:00'), 'Europe/London')).toBe('2026-03-29 02:00 +01:00');
});

it('in autumn the same hour comes twice, told apart by its offset', () => {
  expect(formatTime(utc('2026-10-25T00:30'), 'Europe/London')).toBe('2026-10-25 01:30 +01:00');
  expect(formatTime(utc('2026-10-25T01:30'), 'Europe/London')).toBe('2026-10-25 01:30 +00:00');
});

it.each([
  ['America/St_Johns', '2026-01-01T02:00', '2025-12-31 22:30 −03:30'],
  ['Asia/Kolkata', '2026-01-01T20:00', '2026-01-02 01:30 +05:30'],
  ['Australia/Lord_Howe', '2026-04-04T15:00', '2026-04-05 01:30 +10:30'],
  ['Australia/Lord_Howe', '2026-04-04T14:59', '2026-04-05 01:59 +11:00'],
])('%s: %s is %s', (zone, time, text) => {
  expect(formatTime(utc(time), zone)).toBe(text);
});

it('the zone is that of the site where it has one, else that of the computer', () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(zoneOf('utc', 'Europe/London')).toBe('UTC');
  expect(zoneOf('local', 'Europe/London')).toBe('Europe/London');
  for (const none of [null, undefined, 'Mars/Olympus']) expect(zoneOf('local', none)).toBe(own);
});
