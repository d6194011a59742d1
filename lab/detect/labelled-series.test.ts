import { expect, test } from 'vitest';
import { labelledSeries, readLabelled } from './labelled-series.ts';

const names = { id: 'made', title: 'made' };

test('contiguous labels are one event, and an empty field is missing', () => {
  const series = readLabelled(
    'time,a,b,label\n2020-01-01T00:00:00Z,1,,0\n2020-01-01T01:00:00Z,2,5,1\n2020-01-01T02:00:00Z,3,6,1\n2020-01-01T03:00:00Z,4,7,0\n',
    names,
  );
  expect(series.properties.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(series.interval).toBe(3_600_000);
  expect([...series.values[1]!]).toEqual([Number.NaN, 5, 6, 7]);
  expect(series.labels).toEqual([
    { from: Date.UTC(2020, 0, 1, 1), to: Date.UTC(2020, 0, 1, 2), kind: 'unknown', what: 'label' },
  ]);
});

test.each(labelledSeries.map(({ id, load }) => [id, load] as const))(
  '%s, where ../shared/data is there, has readings in order and labels',
  (_, load) => {
    for (const { times, labels, values } of load()) {
      expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
      expect(labels.length).toBeGreaterThan(1);
      expect(values.every((column) => column.length === times.length)).toBe(true);
    }
  },
);
