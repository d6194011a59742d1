import { expect, it } from 'vitest';
import { shapeOf } from './shape-of.ts';

it.each([
  ['water_level', 'm above datum', 'line'],
  ['water_depth', 'm', 'depth'],
  ['water_level', 'm below datum', 'depth'],
  ['depth_to_water', 'm', 'depth'],
  ['precipitation', 'mm', 'rain'],
  ['rain', 'mm', 'rain'],
  ['precipitation_quality', '%', 'line'],
  ['ph', '', 'line'],
] as const)('%s in %s is drawn as %s', (name, unit, shape) => {
  expect(shapeOf({ name, unit })).toBe(shape);
});

it('draws what is not known as a line', () => {
  expect(shapeOf({ name: 'mystery' })).toBe('line');
});
