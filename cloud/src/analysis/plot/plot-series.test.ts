import { expect, it } from 'vitest';
import { plotSeries } from './plot-series.ts';
import { ticksOf, timeTicksOf } from './ticks.ts';

it('axes have round numbers and whole days', () => {
  expect(ticksOf(27.93, 28.21, 6)).toEqual([27.95, 28, 28.05, 28.1, 28.15, 28.2]);
  expect(ticksOf(-3, 12_000, 5)).toEqual([0, 5000, 10_000]);
  const start = Date.parse('2017-01-30T22:00:00Z');
  expect(timeTicksOf(start, start + 5 * 86_400_000, 6).map(({ label }) => label)).toEqual([
    '2017-01-31',
    '2017-02-01',
    '2017-02-02',
    '2017-02-03',
    '2017-02-04',
  ]);
  expect(timeTicksOf(start, start + 7_200_000, 4)[0]).toEqual({ at: start, label: '01-30 22:00' });
});

it('marks anomalies, leaves gaps open, and takes names as they are', () => {
  const svg = plotSeries({
    title: 'a < b & "c"',
    label: 'level (m)',
    values: Float64Array.from([1, 2, Number.NaN, 3, 40]),
    anomalies: [{ index: 4, value: 40, expected: 3.123_456_789 }],
  });
  expect(svg).toContain('a &#60; b &#38; &#34;c&#34;');
  expect(svg.match(/<circle /g)).toHaveLength(1);
  expect(svg).toContain('row 4: 40, expected 3.12346');
  const [line] = /(?<=d=")M72 [^"]*/.exec(svg.slice(svg.indexOf('level (m)')))!;
  expect(line.match(/M/g)).toHaveLength(2);
  expect(svg).not.toMatch(/NaN|Infinity/);
});

it('draws ten thousand values in some thousand steps, and a series that does not move', () => {
  const many = Float64Array.from({ length: 50_000 }, (_, i) => Math.sin(i / 50));
  expect(plotSeries({ title: 't', label: 'l', values: many, anomalies: [] }).length).toBeLessThan(40_000);
  for (const flat of [[5, 5, 5], [0], [Number.NaN], []])
    expect(
      plotSeries({ title: 't', label: 'l', values: Float64Array.from(flat), anomalies: [] }),
    ).not.toMatch(/NaN|Infinity/);
});
