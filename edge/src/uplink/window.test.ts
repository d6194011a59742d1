import { RangeSet } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import { type UnderWay, Window } from './window.ts';

function batch(bytes: number, ...ranges: [string, number, number][]): UnderWay {
  return { sentAt: 0, receivedAt: 0, bytes, ranges };
}

describe('the window’s bytes', () => {
  it('are full when they are reached, not a byte before', () => {
    const window = new Window(10, 100);
    window.add(batch(99, ['a', 1, 1]));
    expect(window.hasRoom()).toBe(true);
    window.add(batch(1, ['a', 2, 2]));
    expect(window.hasRoom()).toBe(false);
  });

  it('are given back by a receipt, all of them and no more', () => {
    const window = new Window(10, 100);
    window.add(batch(60, ['a', 1, 1]));
    window.add(batch(60, ['a', 2, 2]));
    window.settle((_, [from]) => from === 1);
    expect(window.hasRoom()).toBe(true);
    window.add(batch(39, ['a', 3, 3]));
    expect(window.hasRoom()).toBe(true);
    window.add(batch(1, ['a', 4, 4]));
    expect(window.hasRoom()).toBe(false);
  });

  it('are given back by what waited too long, and by a new connection', () => {
    const window = new Window(10, 100);
    window.add({ ...batch(60, ['a', 1, 1]), sentAt: 1 });
    window.add({ ...batch(60, ['a', 2, 2]), sentAt: 2 });
    expect(window.expire(1)).toEqual([]);
    expect(window.hasRoom()).toBe(false);
    expect(window.expire(2)).toHaveLength(1);
    expect(window.hasRoom()).toBe(true);
    window.add(batch(60, ['a', 3, 3]));
    window.clear();
    window.add(batch(99, ['a', 4, 4]));
    expect([window.count, window.hasRoom()]).toEqual([1, true]);
  });

  it('hold back nobody while nothing is under way', () => {
    expect(new Window(10, 0).hasRoom()).toBe(true);
  });
});

it('a batch of two sensors is settled when both are delivered, not before', () => {
  const window = new Window(10, 100);
  window.add(batch(1, ['a', 1, 5], ['b', 1, 5]));
  expect(window.settle((sensor) => sensor === 'a')).toEqual([]);
  expect(window.count).toBe(1);
  const asked: unknown[] = [];
  window.settle((sensor, range) => asked.push([sensor, range]) > 0);
  expect(asked).toEqual([
    ['a', [1, 5]],
    ['b', [1, 5]],
  ]);
  expect(window.count).toBe(0);
});

it('what is under way of one sensor is not under way of another', () => {
  const window = new Window(10, 100);
  window.add(batch(1, ['a', 1, 5], ['b', 3, 9]));
  window.add(batch(1, ['a', 8, 9]));
  const settled = new RangeSet();
  window.addTo(settled, 'a');
  expect(settled.ranges).toEqual([
    [1, 5],
    [8, 9],
  ]);
});
