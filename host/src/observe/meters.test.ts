import { describe, expect, it } from 'vitest';
import { openMeters } from './meters.ts';

const catalogue = {
  prefix: 'wellhead_test_',
  counters: {
    taken_total: { help: 'Things taken' },
    refused_total: { help: 'Things refused', label: 'reason' },
  },
  gauges: { level: { help: 'How full' } },
  histograms: { wait_seconds: { help: 'How long', buckets: [0.1, 1] } },
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
    expect(await meters.text()).toContain('wellhead_test_refused_total{reason="too-large"} 2');
    expect(await meters.text()).toContain('wellhead_test_refused_total{reason="full"} 1');
  });

  it('give everything as plain numbers, gauges read at that moment', () => {
    const meters = openMeters(catalogue);
    let level = 1;
    meters.gauge('level', () => level);
    level = 7;
    meters.add('refused_total', 3, 'full');
    expect(meters.snapshot()).toEqual({ taken_total: 0, refused_total: 3, level: 7 });
  });

  it('write the Prometheus text again and again alike, with help and type', async () => {
    const meters = openMeters(catalogue);
    meters.gauge('level', () => 2);
    meters.add('taken_total', 3);
    const text = await meters.text();
    expect(text).toContain(
      '# HELP wellhead_test_taken_total Things taken\n# TYPE wellhead_test_taken_total counter\nwellhead_test_taken_total 3\n',
    );
    expect(text).toContain('# TYPE wellhead_test_level gauge\nwellhead_test_level 2\n');
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

  it('tell how long things took, by bounds', async () => {
    const meters = openMeters(catalogue);
    for (const seconds of [0.05, 0.1, 0.2, 5]) meters.observe('wait_seconds', seconds);
    const text = await meters.text();
    expect(text).toContain('wellhead_test_wait_seconds_bucket{le="0.1"} 2\n');
    expect(text).toContain('wellhead_test_wait_seconds_bucket{le="1"} 3\n');
    expect(text).toContain('wellhead_test_wait_seconds_bucket{le="+Inf"} 4\n');
    expect(text).toContain('wellhead_test_wait_seconds_sum 5.35\n');
    expect(meters.snapshot()).toEqual({ taken_total: 0, refused_total: 0 });
  });
});
