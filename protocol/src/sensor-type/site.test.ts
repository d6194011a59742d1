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
