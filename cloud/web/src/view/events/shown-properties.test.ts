import { describe, expect, it } from 'vitest';
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { shownProperties } from './shown-properties.ts';

const sensor = {
  properties: ['sec', 'ph', 'water_level', 'salt'].map((name) => ({ name, isSent: name !== 'salt' })),
} as unknown as SensorAnswer;

const namesOf = (...properties: string[]) => shownProperties({ properties }, sensor).map(({ name }) => name);

describe('the picture of an event shows', () => {
  it('the two properties that the event names first, in its order', () => {
    expect(namesOf('water_level', 'sec', 'ph')).toEqual(['water_level', 'sec']);
  });

  it('none that the sensor does not send', () => {
    expect(namesOf('salt', 'ph')).toEqual(['ph']);
  });

  it('the first of the sensor where the event names none', () => {
    expect(namesOf()).toEqual(['sec', 'ph']);
  });
});
