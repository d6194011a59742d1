import { type Cause, type Flag, hourMs } from '@wellhead/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DetectedEvent } from '../../../event/event.ts';
import type { DetectionSettings } from '../sensor-detector.ts';
import { createSensorDetector } from './create-sensor-detector.ts';

const settings: DetectionSettings = {
  properties: [
    { name: 'level', title: 'Water level', unit: 'm', resolution: 0.01 },
    { name: 'sec', title: 'Conductivity', unit: 'µS/cm', resolution: 1 },
  ],
  interval: hourMs,
  alarmsPerYear: 2,
};

/** A well-behaved borehole: tides, and scatter of a few steps of the instruments. */
function usual(h: number): [number, number] {
  const noise = ((h * 7_919) % 101) / 101;
  return [
    Math.round((28 + 0.05 * Math.sin((2 * Math.PI * h) / 12.42) + 0.03 * noise) * 100) / 100,
    Math.round(850 + 4 * noise + 3 * Math.sin(h / 200)),
  ];
}

function detect(
  days: number,
  change: (h: number, values: [number, number]) => readonly number[],
  more: Partial<DetectionSettings> = {},
  flagsOf?: (h: number) => { flags: Flag[]; causes: Cause[] },
): readonly DetectedEvent[] {
  const detector = createSensorDetector({ ...settings, ...more });
  for (let h = 0; h < days * 24; h++) {
    const judged = flagsOf?.(h);
    detector.push(h * hourMs, change(h, usual(h)), judged?.flags, judged?.causes);
  }
  return detector.events();
}
const between = (h: number, from: number, length: number) => h >= from && h < from + length;

it('says nothing of a year in which nothing happens', () => {
  expect(detect(365, (_, values) => values)).toEqual([]);
});

it('a fall of the level for half a day is one process event with its evidence', () => {
  const events = detect(60, (h, [level, sec]) => [between(h, 1_000, 12) ? level - 0.6 : level, sec]);
  expect(events).toHaveLength(1);
  const [event] = events;
  expect(event).toMatchObject({
    kind: 'process',
    properties: ['level'],
    start: 1_000 * hourMs,
    end: 1_011 * hourMs,
  });
  expect((event!.decidedAt - event!.start) / hourMs).toBeLessThanOrEqual(2);
  expect(event!.evidence[0]!.text).toMatch(
    /^Water level: it left the level of the readings just before \(27\.\d\d m where 28\.\d\d m was expected, \d+\.\d times the threshold\)/,
  );
});

it('the first change of a sensor that always said the same is no wonder, and no score is endless', () => {
  const detector = createSensorDetector({
    interval: hourMs,
    alarmsPerYear: 2,
    properties: [{ name: 'temp', title: 'Temperature', unit: '°C' }],
  });
  for (let h = 0; h < 1_000; h++)
    detector.push(h * hourMs, [h < 500 ? 11.4 : h < 505 ? 11.1 : h < 900 ? 11.4 : 18]);
  for (const { score } of detector.events()) expect(score).toBeLessThan(1_000);
  expect(detector.events().map(({ start }) => start / hourMs)).toEqual([900]);
});

it('zeros in both are one fault, and no process event', () => {
  const events = detect(60, (h, values) => (between(h, 1_000, 24) ? [0, 0] : values));
  expect(events).toMatchObject([
    { kind: 'fault', cause: 'dropout', start: 1_000 * hourMs, end: 1_023 * hourMs },
  ]);
  expect(events[0]!.properties.toSorted()).toEqual(['level', 'sec']);
});

it('readings that the quality tests refused are faults with their cause, whatever they say', () => {
  const refused = (h: number) =>
    between(h, 1_000, 5)
      ? { flags: [4, 1] as Flag[], causes: [8, 0] as Cause[] }
      : { flags: [1, 1] as Flag[], causes: [0, 0] as Cause[] };
  const events = detect(60, (h, [level, sec]) => [between(h, 1_000, 5) ? 500 : level, sec], {}, refused);
  expect(events).toMatchObject([
    { kind: 'fault', cause: 'instrument-range', properties: ['level'], start: 1_000 * hourMs },
  ]);
});

it('a missing value now and then is no event, three in a row are', () => {
  const missing = (length: number) => (h: number) =>
    between(h, 1_000, length)
      ? { flags: [9, 1] as Flag[], causes: [1, 0] as Cause[] }
      : { flags: [1, 1] as Flag[], causes: [0, 0] as Cause[] };
  const change =
    (length: number) =>
    (h: number, [level, sec]: [number, number]) => [between(h, 1_000, length) ? Number.NaN : level, sec];
  expect(detect(60, change(2), {}, missing(2))).toEqual([]);
  expect(detect(60, change(5), {}, missing(5))).toMatchObject([
    { kind: 'fault', cause: 'missing', start: 1_000 * hourMs },
  ]);
});

it('a property that the sensor does not name is no fault', () => {
  const unnamed = () => ({ flags: [1, 2] as Flag[], causes: [0, 0] as Cause[] });
  expect(detect(60, (_, [level]) => [level, Number.NaN], {}, unnamed)).toEqual([]);
});

it('what happens while people work there is maintenance', () => {
  const fall = (h: number, [level, sec]: [number, number]) => [
    between(h, 1_000, 12) ? level - 0.6 : level,
    sec,
  ];
  const maintenance = [{ from: 999 * hourMs, to: 1_002 * hourMs }];
  expect(detect(60, fall, { maintenance })).toMatchObject([{ kind: 'maintenance' }]);
  expect(detect(60, fall, { maintenance: [{ from: 0, to: hourMs }] })).toMatchObject([{ kind: 'process' }]);
});

it('more caution asks for more, less for less', () => {
  const step =
    (size: number) =>
    (h: number, [level, sec]: [number, number]) => [between(h, 1_000, 12) ? level - size : level, sec];
  const smallest = (level: number) =>
    Array.from({ length: 80 }, (_, i) => 0.02 + i / 100).find(
      (size) => detect(50, step(size), { caution: { level } }).length > 0,
    )!;
  expect(smallest(2)).toBeGreaterThan(smallest(1));
  expect(smallest(0.6)).toBeLessThan(smallest(1));
});

it('never looks ahead: what stood when a reading came stands whatever comes after it', () => {
  const odd = fc.record({
    at: fc.integer({ min: 300, max: 700 }),
    size: fc.double({ min: -3, max: 3, noNaN: true }),
    length: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 4 }), fc.integer({ min: 300, max: 760 }), (changes, cut) => {
      const value = (h: number): number[] => {
        const [level, sec] = usual(h);
        const extra = changes.reduce(
          (sum, { at, size, length }) => sum + (between(h, at, length) ? size : 0),
          0,
        );
        return [level + extra, sec];
      };
      const short = createSensorDetector(settings);
      const long = createSensorDetector(settings);
      for (let h = 0; h < 800; h++) {
        if (h < cut) short.push(h * hourMs, value(h));
        long.push(h * hourMs, value(h));
      }
      const known = (events: readonly DetectedEvent[]) =>
        events
          .filter(({ decidedAt }) => decidedAt < cut * hourMs)
          .map(({ start, decidedAt }) => [start, decidedAt]);
      // What began and was decided before the cut is there in both; later readings may only make it grow.
      const later = new Set(known(long.events()).map(([start]) => start));
      for (const event of short.events()) {
        const isThere =
          later.has(event.start) ||
          long.events().some((other) => other.start <= event.start && (other.end ?? Infinity) >= event.start);
        expect(isThere).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

it('the same readings give the same events', () => {
  const change = (h: number, [level, sec]: [number, number]) => [
    level + (h % 501 === 500 ? 2 : 0),
    sec - (between(h, 900, 9) ? 60 : 0),
  ];
  expect(detect(60, change)).toEqual(detect(60, change));
});
