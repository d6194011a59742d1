import { expect, test } from 'vitest';
import { generatedSeries } from './generated-series.ts';
import { reportOf, reportText } from './report.ts';
import { resultOf } from './result.ts';
import type { System } from './system.ts';

const silent: System = { id: 'silent', title: 'Says nothing', run: () => [] };
/** Says after the fact what was wrong, as nobody can. */
const oracle: System = {
  id: 'oracle',
  title: 'Knows everything',
  run: ({ labels }) =>
    labels.map(({ from, to, what, properties }) => ({
      kind: 'fault',
      cause: what,
      start: from,
      end: to,
      decidedAt: from,
      value: 0,
      expected: 0,
      properties: properties!,
    })),
};
const report = reportOf(
  [3, 7].flatMap((seed) => [silent, oracle].map((s) => resultOf(generatedSeries(seed), s))),
);

test('who knows everything has perfect scores, who says nothing has none, and no false events either', () => {
  const value = (id: string) => report.rows.find((row) => row.id === id)?.value;
  expect(value('oracle.generated-faulty.event-recall')).toBe(1);
  expect(value('oracle.generated-faulty.event-precision')).toBe(1);
  expect(value('oracle.generated-faulty.event-f05')).toBe(1);
  expect(value('silent.generated-faulty.event-recall')).toBe(0);
  expect(value('silent.generated-faulty.false-events-per-sensor-month')).toBe(0);
  expect(value('silent.generated-faulty.event-precision')).toBeUndefined();
  expect(report.kinds.every(({ found }) => found[0]!.hits === 0 && found[1]!.hits === found[1]!.labels)).toBe(
    true,
  );
});

test('a score that does not exist is null in JSON', () => {
  const { lines } = JSON.parse(reportText(report)) as { lines: { all: { precision: number | null } }[] };
  expect(lines[0]!.all.precision).toBeNull();
});
