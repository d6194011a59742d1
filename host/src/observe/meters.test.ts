import { describe, expect, it } from 'vitest';
import { openMeters } from './meters.ts';

const catalogue = {
  taken_total: { help: 'Things taken' },
  refused_total: { help: 'Things refused', label: 'reason' },
} as const;

describe('meters', () => {
  it('count, by one or by more', () => {
    const meters = openMeters(catalogue);
    meters.add('taken_total');
    meters.add('taken_total', 4);
    expect(meters.value('taken_total')).toBe(5);
  });

  it('count by reason, and know the sum', async () => {
    const meters = openMeters(catalogue);
    meters.add('refused_total', 2, 'too-large');
    meters.add('refused_total', 1, 'full');
    meters.add('refused_total', 1, '__proto__');
    expect(meters.value('refused_total')).toBe(4);
    expect(await meters.text()).toContain('refused_total{reason="too-large"} 2');
    expect(await meters.text()).toContain('refused_total{reason="full"} 1');
  });

  it('give everything as plain numbers, gauges read at that moment', () => {
    const meters = openMeters(catalogue);
    let level = 1;
    meters.gauge('level', 'How full', () => level);
    level = 7;
    meters.add('refused_total', 3, 'full');
    expect(meters.snapshot()).toEqual({ taken_total: 0, refused_total: 3, level: 7 });
  });

  it('write the Prometheus text again and again alike, with help and type', async () => {
    const meters = openMeters(catalogue);
    meters.gauge('level', 'How full', () => 2);
    meters.add('taken_total', 3);
    const text = await meters.text();
    expect(text).toContain('# HELP taken_total Things taken\n# TYPE taken_total counter\ntaken_total 3\n');
    expect(text).toContain('# TYPE level gauge\nlevel 2\n');
    expect(await meters.text()).toBe(text);
  });

  it('of two programs in one process know nothing of each other', () => {
    const one = openMeters(catalogue);
    const two = openMeters(catalogue);
    one.add('taken_total');
    expect(two.value('taken_total')).toBe(0);
  });

  it('take no name that is not in their catalogue', () => {
    const meters = openMeters(catalogue);
    expect(() => meters.add('other_total' as 'taken_total')).toThrow(TypeError);
  });
});
