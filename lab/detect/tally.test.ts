import { expect, test } from 'vitest';
import { protocol } from './parameters.ts';
import { scoreOf } from './score.ts';
import type { Label, Series } from './series.ts';
import type { FoundEvent } from './system.ts';
import { judge } from './tally.ts';

const hour = 3_600_000;
const day = 24 * hour;
const days = 44;

/** An hourly series of 44 days from 0 on, of which the last 30 are scored. */
function seriesWith(labels: readonly Label[], channels = 1): Series {
  const times = Float64Array.from({ length: days * 24 + 1 }, (_, i) => i * hour);
  const names = Array.from({ length: channels }, (_, p) => `p${p}`);
  return {
    id: 'made',
    title: 'made',
    group: 'labelled',
    interval: hour,
    times,
    labels,
    properties: names.map((name) => ({ name, title: name, unit: '' })),
    values: names.map(() => times),
    parts: [
      { part: 'training', from: 0 },
      { part: 'held-out', from: 28 * day },
    ],
  };
}

function label(day_: number, hours: number, kind: Label['kind'] = 'unknown'): Label {
  return { from: day_ * day, to: day_ * day + hours * hour, kind, what: kind };
}

function found(start: number, hours: number, more: Partial<FoundEvent> = {}): FoundEvent {
  return {
    kind: 'process',
    cause: 'spike',
    properties: ['p0'],
    start,
    end: start + hours * hour,
    decidedAt: start,
    value: 1,
    expected: 0,
    ...more,
  };
}

const scores = (series: Series, events: readonly FoundEvent[], view: 'all' | 'process' = 'all') =>
  scoreOf(judge(series, events, view).tallies);

test('a month has as many sensor-months as the sensor has channels', () => {
  expect(scores(seriesWith([]), []).months).toBeCloseTo((30 * day) / protocol.month, 9);
  expect(scores(seriesWith([], 9), []).months).toBeCloseTo((9 * 30 * day) / protocol.month, 9);
});

test('two weeks at the beginning are nobody’s: what lies there, or on a label there, counts nowhere', () => {
  const series = seriesWith([label(13, 48)]);
  const score = scores(series, [found(3 * day, 1), found(14.2 * day, 1), found(20 * day, 1)]);
  expect(score).toMatchObject({ labels: 0, events: 1 });
  expect(score.falsePerMonth).toBeCloseTo(1 / score.months, 9);
});

test('one long event over two labels is one right event and two hits; two events on a label are a duplicate', () => {
  const series = seriesWith([label(20, 1), label(21, 1), label(30, 1)]);
  const score = scores(series, [found(19.9 * day, 48), found(30 * day, 0), found(30 * day + hour, 0)]);
  expect(score).toMatchObject({ events: 3, precision: 1, recall: 1, alertsPerEvent: 4 / 3 });
});

test('an event that had been going on before is a hit, but not the label’s own', () => {
  const series = seriesWith([label(20, 1), label(25, 1)]);
  expect(scores(series, [found(15 * day, 24 * 11)])).toMatchObject({ recall: 1, ownRecall: 0 });
  expect(scores(series, [found(20 * day - hour, 3)])).toMatchObject({ recall: 0.5, ownRecall: 0.5 });
});

test('the delay is that of the first word, and none if that came before the label', () => {
  const series = seriesWith([label(20, 10)]);
  const at = (hours: number) => 20 * day + hours * hour;
  expect(
    scores(series, [found(at(1), 1, { decidedAt: at(5) }), found(at(3), 1, { decidedAt: at(4) })]).delay,
  ).toBe(4);
  expect(scores(series, [found(at(-1), 3, { decidedAt: at(-1) })]).delay).toBe(0);
});

test('only process: faults told as faults are no matter, told as a process they are false', () => {
  const series = seriesWith([label(20, 5, 'fault'), label(25, 5, 'process'), label(30, 5)]);
  const asFault = found(20 * day, 5, { kind: 'fault' });
  const events = [asFault, found(25 * day, 5), found(30 * day, 5)];
  expect(scores(series, events, 'process')).toMatchObject({ events: 2, precision: 1, recall: 1, labels: 2 });
  const score = scores(series, [{ ...asFault, kind: 'process' }], 'process');
  expect(score).toMatchObject({ events: 1, precision: 0, recall: 0, f05: 0 });
  expect(scores(series, [found(26 * day, 1, { isWithdrawn: true })], 'all').events).toBe(0);
  expect(scores(series, [found(27 * day, 1, { isWithdrawn: true })], 'process')).toMatchObject({
    events: 1,
    precision: 0,
  });
});

test('the share of time counts overlapping events once, each reading as a sample', () => {
  const series = seriesWith([]);
  const score = scores(series, [found(20 * day, 71), found(21 * day, 23), found(13 * day, 24)]);
  expect(score.shareOfTime).toBeCloseTo((72 + 1) / (30 * 24), 9);
});

test('weeks belong to the part they begin in, and everything in them', () => {
  const series = seriesWith([label(20, 1), label(40, 1)]);
  const { tallies } = judge(series, [found(40 * day, 1)], 'all');
  const of = (part: string) => scoreOf(tallies.filter((tally) => tally.part === part));
  expect(of('training')).toMatchObject({ labels: 1, recall: 0 });
  expect(of('held-out')).toMatchObject({ labels: 1, recall: 1 });
  expect(of('training').months + of('held-out').months).toBeCloseTo(scores(series, []).months, 9);
});

test('without labels there is no recall, and without events no precision', () => {
  const score = scores(seriesWith([]), []);
  expect([score.recall, score.precision, score.f05, score.delay]).toEqual([NaN, NaN, NaN, NaN]);
  expect(scores(seriesWith([label(20, 1)]), [])).toMatchObject({ recall: 0, f05: 0, falsePerMonth: 0 });
});

test('a series shorter than two weeks has no score', () => {
  const short = { ...seriesWith([label(1, 1)]), times: Float64Array.of(0, day) };
  expect(judge(short, [found(0, 1)], 'all').tallies).toEqual([]);
});
