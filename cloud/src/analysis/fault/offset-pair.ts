// The sensor was moved and put back: two opposite steps that match, and what it read between them is suspect.
import { dayMs } from '@wellhead/protocol';
import type { FaultSpan, FaultWindow } from './fault-window.ts';
import { findSteps, type Step } from './find-steps.ts';
import { type Measured, measuredOf } from './measured.ts';
import { change, time } from './say.ts';

/** What lasts longer is a new place, not a visit. */
const longest = 30 * dayMs;
/** Fewer values between are a spike. */
const fewestBetween = 3;
/** Nobody moves a sensor more than once a week on average; a pump nearby does. */
const maxAWeek = 1;
/** Where `match` is not set: that of traval, 0.1 m for steps of 0.15 m. */
const usualMatch = 0.67;

/**
 * Two opposite steps that match: the sensor was moved and put back, and what it read between is suspect (the rule
 * for offsets of ArtesiaWater/traval). A property whose pairs are more than one a week is left alone: that is the
 * ground, as at a well that is pumped now and then.
 */
export function findOffsetPairs(window: FaultWindow, earlier: readonly FaultSpan[]): FaultSpan[] {
  return window.properties.flatMap((property, p) => {
    const { step, match = usualMatch * (step ?? 0) } = property.settings;
    if (step === undefined) return [];
    const measured = measuredOf(window, p, earlier);
    const pairs = pairsOf(findSteps(measured, step, window.interval), match);
    if (pairs.length > Math.max(1, maxAWeek * weeksOf(measured))) return [];
    return pairs.map(([out, back]): FaultSpan => {
      const end = measured.times[back.place - 1]!;
      const text = `${property.title}: ${change(out.size, property)} on ${time(out.after)} and ${change(back.size, property)} on ${time(back.after)}: the sensor was moved and put back`;
      const value = measured.values[out.place]!;
      return {
        property: property.name,
        cause: 'sensor-moved',
        start: out.after,
        peak: out.after,
        end,
        value,
        expected: value - out.size,
        size: out.size,
        text,
      };
    });
  });
}

/** The shortest pairs first, for what lies between two moves looks like one upside down; none lies in another. */
function pairsOf(steps: readonly Step[], match: number): [out: Step, back: Step][] {
  const candidates: [Step, Step][] = [];
  for (let i = 0; i < steps.length; i++) {
    const out = steps[i]!;
    for (let j = i + 1; j < steps.length && steps[j]!.after - out.after <= longest; j++) {
      if (isReturn(out, steps[j]!, match)) candidates.push([out, steps[j]!]);
    }
  }
  candidates.sort(([a, b], [c, d]) => b.after - a.after - (d.after - c.after) || a.place - c.place);
  const pairs: [Step, Step][] = [];
  for (const [out, back] of candidates) {
    if (!pairs.some(([from, to]) => out.place <= to.place && back.place >= from.place))
      pairs.push([out, back]);
  }
  return pairs.sort(([a], [b]) => a.place - b.place);
}

function isReturn(out: Step, back: Step, match: number): boolean {
  return (
    back.place - out.place >= fewestBetween &&
    out.size * back.size < 0 &&
    Math.abs(out.size + back.size) <= match * (1 + 1e-9)
  );
}

function weeksOf({ times }: Measured): number {
  return times.length === 0 ? 0 : (times.at(-1)! - times[0]!) / (7 * dayMs);
}
