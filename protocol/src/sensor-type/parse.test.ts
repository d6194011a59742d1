import { describe, expect, it } from 'vitest';
import { WellheadError } from '../error.ts';
import { parseSensorType } from './parse.ts';

const smallest = `
type: well
title: Well
version: 1
interval: 10m
properties:
  - { name: level, title: Level, unit: m }
`;

function problemsOf(text: string): string {
  try {
    parseSensorType(text, 'well.yaml');
  } catch (error) {
    if (error instanceof WellheadError && error.code === 'SENSOR_TYPE_UNREADABLE') return error.message;
    throw error;
  }
  return '';
}

describe('a sensor type', () => {
  it('has a default for what need not be said', () => {
    expect(parseSensorType(smallest, 'well.yaml')).toEqual({
      type: 'well',
      title: 'Well',
      version: 1,
      interval: 600_000,
      time: { future: 300_000, gapSteps: 2 },
      loggerDropout: 2,
      properties: [{ name: 'level', title: 'Level', unit: 'm', missing: [], dropout: [] }],
    });
  });

  it('reads every setting of a property', () => {
    const { properties } = parseSensorType(
      smallest.replace(
        'unit: m }',
        `unit: m, kind: number, definition: "https://example.org/level", resolution: 0.01, missing: ["(na)", -9999], dropout: [0],
       instrumentRange: [0, 100], siteRange: [1, 1], spike: { suspect: 1, bad: 2 }, rateOfChange: { bad: 3 },
       flatLine: { suspect: 1d, bad: 2d, tolerance: 0 } }`,
      ),
      'well.yaml',
    );
    expect(properties[0]).toMatchObject({
      instrumentRange: [0, 100],
      siteRange: [1, 1],
      flatLine: { suspect: 86_400_000, bad: 172_800_000, tolerance: 0 },
      missing: ['(na)', -9999],
    });
  });

  it('reads how faults of several values or properties are told', () => {
    const { properties } = parseSensorType(
      `${smallest.replace(
        'unit: m }',
        'unit: m, attenuated: { window: 12h, bad: 0.1 }, outOfWater: { elevation: 25.1 }, faults: { step: 0.15, partner: sec } }',
      )}  - { name: sec, title: Conductance, unit: µS/cm, outOfWater: { share: 0.1 }, submerged: false }\n`,
      'well.yaml',
    );
    expect(properties).toMatchObject([
      {
        attenuated: { window: 43_200_000, check: 'std', bad: 0.1 },
        outOfWater: { elevation: 25.1, margin: 0.05 },
        faults: { step: 0.15, partner: 'sec' },
      },
      { outOfWater: { share: 0.1 }, submerged: false },
    ]);
  });

  it.each([
    ['nothing that tells of the air', 'outOfWater: { margin: 1 }', 'properties.0.outOfWater: give elevation'],
    [
      'a partner that is not there',
      'faults: { partner: mud }',
      'properties: a partner must be another property',
    ],
    ['itself for a partner', 'faults: { partner: level }', 'properties: a partner must be another property'],
  ])('is refused with %s', (_, setting, problem) => {
    expect(problemsOf(smallest.replace('unit: m }', `unit: m, ${setting} }`))).toContain(problem);
  });

  it('tells everything that is wrong with a bad file at once, by path', () => {
    const text = `
type: Well
version: 0
interval: hourly
time: { future: soon, gapSteps: 0 }
colour: blue
properties:
  - { name: Level, title: "", unit: m, siteRange: [9, 1], spike: { suspect: 2, bad: 1 } }
  - { name: level, title: Level, unit: m, flatLine: { suspect: 1d }, kind: vector, resolution: -1 }
`;
    const problems = problemsOf(text).replace('well.yaml: ', '').split('; ');
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(
      expect.arrayContaining([
        'type',
        'title',
        'version',
        'interval',
        'time.future',
        'time.gapSteps',
        'properties.0.name',
        'properties.0.title',
        'properties.0.siteRange',
        'properties.0.spike',
        'properties.1.flatLine.tolerance',
        'properties.1.kind',
        'properties.1.resolution',
        'colour',
      ]),
    );
  });

  it('says that two properties have one name, whatever else is wrong', () => {
    const twice = `${smallest}  - { name: level, title: Again, unit: m }\n`;
    expect(problemsOf(twice)).toContain('properties: two properties have the same name');
    expect(problemsOf(`${twice.replace('title: Well', 'title: 5')}`)).toMatch(
      /title: .*two properties have the same name/,
    );
  });

  it.each([
    ['an empty file', '', '(whole file)'],
    ['no object', '[1, 2]', '(whole file)'],
    ['no properties', smallest.replace(/properties:.*/s, 'properties: []'), 'properties:'],
    [
      'more than 64 properties',
      smallest.replace(
        / {2}- .*\n/,
        Array.from({ length: 65 }, (_, i) => `  - { name: p${i}, title: P, unit: m }\n`).join(''),
      ),
      'properties:',
    ],
    ['a property called __proto__', smallest.replace('level', '__proto__'), 'properties.0.name'],
  ])('is refused with %s', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it.each(['type: [', 'type: a\ntype: b', '\ttype: a'])('is said to be no YAML: %j', (text) => {
    expect(problemsOf(text)).toContain('well.yaml is not YAML');
  });
});
