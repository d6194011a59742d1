import { describe, expect, it } from 'vitest';
import { WellheadError } from '../error.ts';
import { parseSite } from './site.ts';

function problemsOf(text: string): string {
  try {
    parseSite(text, 'kent.yaml');
  } catch (error) {
    if (error instanceof WellheadError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  return '';
}

describe('a site', () => {
  it('needs a name and a title', () => {
    expect(parseSite('site: kent\ntitle: Kent\n', 'kent.yaml')).toEqual({
      site: 'kent',
      title: 'Kent',
      sensors: {},
    });
  });

  it('may say where it is and what its sensors are called', () => {
    const text =
      'site: kent\ntitle: Kent\nlocation: { latitude: -90, longitude: 180 }\nsensors: { b1: { title: Well } }\n';
    expect(parseSite(text, 'kent.yaml')).toMatchObject({
      location: { latitude: -90, longitude: 180 },
      sensors: { b1: { title: 'Well' } },
    });
  });

  it('may name its time zone, and a name that nobody knows is a problem', () => {
    const text = (zone: string) => `site: kent\ntitle: Kent\ntimeZone: ${zone}\n`;
    expect(parseSite(text('Europe/London'), 'kent.yaml')).toMatchObject({ timeZone: 'Europe/London' });
    for (const zone of ['Europe/Londn', '"+01:00"', '""', 'Mars/Olympus'])
      expect(problemsOf(text(zone))).toMatch(/timeZone.*write its IANA name, such as Europe\/London/);
  });

  it('may say when people worked at which sensors, half-open', () => {
    const text = `site: kent
title: Kent
maintenance:
  - { from: "2026-03-01T09:00Z", to: "2026-03-01T11:30:15+01:00", sensors: [b1], note: sonde changed }
  - { from: "2026-04-01T00:00:00.5-05:00", to: "2026-05-01T00:00Z" }
`;
    expect(parseSite(text, 'kent.yaml').maintenance).toEqual([
      {
        from: Date.UTC(2026, 2, 1, 9),
        to: Date.UTC(2026, 2, 1, 10, 30, 15),
        sensors: ['b1'],
        note: 'sonde changed',
      },
      { from: Date.UTC(2026, 3, 1, 5) + 500, to: Date.UTC(2026, 4, 1), note: '' },
    ]);
  });

  it('may hold measurements by hand, and how faults are told at a sensor', () => {
    const text = `site: kent
title: Kent
sensors: { b1: { title: Well, faults: { level: { drift: 0.05 } } } }
dips: [{ sensor: b1, property: level, at: "2026-03-01T10:00+01:00", value: 12.31 }]
`;
    expect(parseSite(text, 'kent.yaml')).toMatchObject({
      sensors: { b1: { faults: { level: { drift: 0.05 } } } },
      dips: [{ sensor: 'b1', property: 'level', at: Date.UTC(2026, 2, 1, 9), value: 12.31 }],
    });
    expect(problemsOf(text.replace('value: 12.31', 'value: deep'))).toContain('dips.0.value');
    expect(problemsOf(text.replace('drift: 0.05', 'drift: -1'))).toContain('sensors.b1.faults.level.drift');
  });

  it.each([
    ['2026-03-01T09:00', '2026-03-02T00:00Z', 'maintenance.0.from: write a moment with its zone'],
    ['2026-02-30T09:00Z', '2026-03-02T00:00Z', 'maintenance.0.from: write a moment'],
    ['2026-03-01T25:00Z', '2026-03-02T00:00Z', 'maintenance.0.from: write a moment'],
    ['2026-03-01', '2026-03-02T00:00Z', 'maintenance.0.from: write a moment'],
    ['2026-03-01T09:00Z', '2026-03-01T10:00+01:00', 'maintenance.0.to: must be after from'],
  ])('is refused with work from %s to %s', (from, to, problem) => {
    const text = `site: kent\ntitle: Kent\nmaintenance: [{ from: "${from}", to: "${to}" }]\n`;
    expect(problemsOf(text)).toContain(problem);
  });

  it('tells everything that is wrong at once, by path', () => {
    const text =
      'site: a/b\nlocation: { latitude: 91, longitude: west }\nsensors: { "b 1": { title: x }, b2: { name: x } }\ncolour: red\n';
    const problems = problemsOf(text);
    for (const path of [
      'site: ',
      'title: is missing',
      'location.latitude',
      'location.longitude',
      'sensors.b 1',
      'sensors.b2.title',
      'sensors.b2.name',
      'colour: there is no such key',
    ]) {
      expect(problems).toContain(path);
    }
  });

  it.each(['', '5', '[]', 'site: ['])('is refused when it is %j', (text) => {
    expect(problemsOf(text)).toContain('kent.yaml');
  });
});
