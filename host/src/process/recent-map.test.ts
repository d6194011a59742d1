import { expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

it('forgets what was set longest ago, and tells which', () => {
  const map = new RecentMap<string, number>(2);
  expect(map.set('a', 1)).toBeUndefined();
  expect(map.set('b', 2)).toBeUndefined();
  expect(map.set('a', 3)).toBeUndefined();
  expect(map.set('c', 4)).toBe('b');
  expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([3, undefined, 4, 2]);
});

it('what was deleted makes room', () => {
  const map = new RecentMap<string, number>(1);
  map.set('a', 1);
  map.delete('a');
  expect(map.set('b', 2)).toBeUndefined();
});
