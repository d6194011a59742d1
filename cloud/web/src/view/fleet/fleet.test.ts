import { describe, expect, it } from 'vitest';
import type { EventAnswer, SensorAnswer, SiteAnswer } from '../../../../src/api/answer/answers.ts';
import { filterRows, fleetRows } from './fleet-row.ts';
import { projectSites } from './project-sites.ts';

const now = Date.UTC(2026, 0, 2);
const iso = (time: number) => new Date(time).toISOString();

function sensor(name: string, hoursAgo: number | undefined, gateway = 'gw'): SensorAnswer {
  const last = hoursAgo === undefined ? null : iso(now - hoursAgo * 3_600_000);
  return {
    site: 'kent',
    sensor: name,
    title: name.toUpperCase(),
    gateway,
    lastStoredAt: last,
    lastMeasuredAt: last,
    freshness: { lateAfterSeconds: 7_200, silentAfterSeconds: 43_200 },
  } as SensorAnswer;
}

const event = (kind: EventAnswer['kind'], ...sensors: string[]) =>
  ({ site: 'kent', sensors, kind, cause: 'spike' }) as unknown as EventAnswer;

const site = (name: string, latitude?: number, longitude?: number) =>
  ({
    site: name,
    title: `The ${name}`,
    location: latitude === undefined ? null : { latitude, longitude },
    gateways: [
      { gateway: 'gw', state: 'online' },
      { gateway: 'gone', state: 'offline' },
    ],
  }) as unknown as SiteAnswer;

describe('the rows of the fleet', () => {
  const rows = fleetRows({
    overview: {
      sensors: [
        sensor('a-fine', 0.1),
        sensor('b-never', undefined),
        sensor('c-late', 3),
        sensor('d-silent', 100),
        sensor('e-process', 0.1),
        sensor('f-fault', 0.1),
        sensor('g-cut', 0.1, 'gone'),
      ],
      sites: [site('kent')],
      newest: new Map(),
      clockOffsetMs: 0,
    },
    open: [event('process', 'e-process', 'f-fault'), event('fault', 'f-fault')],
    now,
  });

  it('begin with whoever needs a person most', () => {
    expect(rows.map(({ sensor: one, need }) => [one.sensor, need])).toEqual([
      ['f-fault', 'fault'],
      ['e-process', 'process'],
      ['d-silent', 'silent'],
      ['c-late', 'late'],
      ['g-cut', 'gateway away'],
      ['b-never', 'never'],
      ['a-fine', 'none'],
    ]);
    expect(rows[0]!.open).toHaveLength(2);
  });

  it('are found by every word, wherever it stands', () => {
    const found = (words: string) => filterRows(rows, words).map(({ sensor: one }) => one.sensor);
    expect(found('KENT spike')).toEqual(['f-fault', 'e-process']);
    expect(found('late the')).toEqual(['c-late']);
    expect(found('  ')).toHaveLength(7);
    expect(found('kent nowhere')).toEqual([]);
  });
});

describe('the map of sites', () => {
  const frame = { width: 400, height: 300, margin: 20 };

  it('keeps north up, east right, and everything inside', () => {
    const map = projectSites([site('a', 51, 0), site('b', 53, -2), site('nowhere')], frame)!;
    const [a, b] = map.places;
    expect(map.places).toHaveLength(2);
    expect(b!.y).toBeLessThan(a!.y);
    expect(b!.x).toBeLessThan(a!.x);
    for (const { x, y } of map.places) {
      expect(x).toBeGreaterThanOrEqual(20);
      expect(x).toBeLessThanOrEqual(380);
      expect(y).toBeGreaterThanOrEqual(19.999);
      expect(y).toBeLessThanOrEqual(280.001);
    }
  });

  it('has a scale that is true: two degrees of latitude are 222 km', () => {
    const { places, scale } = projectSites([site('a', 51, 0), site('b', 53, 0)], frame)!;
    const degrees = (places[0]!.y - places[1]!.y) / (scale.length / scale.kilometres);
    expect(degrees).toBeCloseTo(222.4, 1);
    expect(scale.kilometres).toBe(100);
  });

  it('shows one site in the middle, and nothing where no site has a location', () => {
    expect(projectSites([site('a', -33, 151)], frame)!.places[0]).toMatchObject({ x: 200, y: 150 });
    expect(projectSites([site('a')], frame)).toBeUndefined();
  });
});
