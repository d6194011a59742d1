import { describe, expect, it } from 'vitest';
import type { DetectedEvent } from '../../event/event.ts';
import { hour, inShort, moved, quiet, start, windowOf } from './fault.testing.ts';
import type { FaultSpan } from './fault-window.ts';
import { findFaults } from './find-faults.ts';
import { withFaults } from './with-faults.ts';

const settings = { level: { step: 0.15, match: 0.1, drift: 0.05, neighbours: 8, partner: 'other' } };

describe('each fault is told once', () => {
  it('so what was moved and put back is no calibration, though it was out of the water meanwhile', () => {
    const columns = { level: moved(quiet(600), 300, 350, 0.8), other: quiet(600, 5) };
    const failed = [{ from: 298, to: 299, cause: 'out-of-water' }] as const;
    expect(inShort(findFaults(windowOf(columns, settings, { failed })))).toEqual([
      'level sensor-moved 300-349',
    ]);
  });

  it('and neighbours are asked of the rest only', () => {
    const columns = { level: moved(moved(quiet(600), 300, 350, 1.2), 500, 504, 1.2), other: quiet(600, 5) };
    const still = {
      times: Float64Array.from(quiet(600), (_, i) => start + i * hour),
      values: Float64Array.from(quiet(600, 9)),
    };
    const neighbours = new Map([['level', [still, still]]]);
    const said = inShort(findFaults(windowOf(columns, settings), { neighbours }));
    expect(said).toContain('level sensor-moved 300-349');
    expect(said.filter((one) => one.includes('neighbours'))).toEqual([]);
  });

  it('and the same readings give the same spans', () => {
    const window = windowOf({ level: moved(quiet(600), 300, 350, 0.8), other: quiet(600) }, settings);
    expect(findFaults(window)).toEqual(findFaults(window));
  });
});

it('finds nothing where nothing is, and nothing in no readings', () => {
  expect(findFaults(windowOf({ level: quiet(600), other: quiet(600) }, settings))).toEqual([]);
  expect(findFaults(windowOf({ level: [], other: [] }, settings))).toEqual([]);
});

describe('among the events of a detector', () => {
  const at = (hours: number) => start + hours * hour;
  const event = (hours: number, more: Partial<DetectedEvent> = {}): DetectedEvent => ({
    kind: 'process',
    cause: 'shift',
    properties: ['level'],
    start: at(hours),
    peak: at(hours),
    decidedAt: at(hours),
    value: 1,
    expected: 0,
    score: 3,
    evidence: [],
    ...more,
  });
  const span = (from: number, to: number, more: Partial<FaultSpan> = {}): FaultSpan => ({
    property: 'level',
    cause: 'sensor-moved',
    start: at(from),
    peak: at(from),
    end: at(to),
    value: 1,
    expected: 0.4,
    size: 0.6,
    text: 'it was moved',
    ...more,
  });
  const said = (events: readonly DetectedEvent[]) =>
    events.map(({ kind, cause, start: from }) => `${kind} ${cause} ${(from - start) / hour}`);

  it.each(['sensor-moved', 'calibration'] as const)(
    'a process event that begins in a span of %s is a fault',
    (cause) => {
      const events = [event(9), event(10), event(22), event(23)];
      expect(said(withFaults(events, [span(10, 20, { cause })], hour))).toEqual([
        'process shift 9',
        `fault ${cause} 10`,
        `fault ${cause} 22`,
        'process shift 23',
      ]);
    },
  );

  it('one of another property, or of another kind, stays as it is, and the span is a fault beside it', () => {
    const events = [event(12, { properties: ['sec'] }), event(13, { kind: 'maintenance' })];
    expect(said(withFaults(events, [span(10, 20)], hour))).toEqual([
      'fault sensor-moved 10',
      'process shift 12',
      'maintenance shift 13',
    ]);
  });

  it('a disagreement or a drift is a fault of its own, and takes nothing from the ground', () => {
    const spans = [span(10, 20, { cause: 'drift' }), span(40, 44, { cause: 'disagrees-with-neighbours' })];
    expect(said(withFaults([event(12), event(41)], spans, hour))).toEqual([
      'fault drift 10',
      'process shift 12',
      'fault disagrees-with-neighbours 40',
      'process shift 41',
    ]);
  });

  it('a calibration of several properties at once is one fault of all', () => {
    const spans = ['level', 'sec', 'ph'].map((property, i) =>
      span(10 + i, 14, { property, cause: 'calibration' }),
    );
    const events = withFaults([], [...spans, span(30, 31, { cause: 'calibration' })], hour);
    expect(events.map(({ properties }) => properties)).toEqual([['level', 'sec', 'ph'], ['level']]);
    expect(events[0]).toMatchObject({ kind: 'fault', start: at(10), end: at(14), value: 1, expected: 0.4 });
    expect(events[0]!.evidence).toHaveLength(3);
  });

  it('no fault makes a process event', () => {
    const events = withFaults([event(1)], [span(10, 20), span(50, 60, { cause: 'drift' })], hour);
    expect(events.filter(({ kind }) => kind === 'process')).toHaveLength(1);
  });
});
