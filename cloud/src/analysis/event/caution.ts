// What people said of a sensor's events makes its detector ask for more, or for less.
import type { Verdict } from '../../event/stored-event.ts';

/** A verdict that counts: the newest of its event. */
export interface Judged {
  readonly properties: readonly string[];
  readonly verdict: Verdict;
}

/** Each false alarm asks for a quarter more, each true one takes half as much back; in the end within these bounds. */
export const caution = { falseAlarm: 1.25, trueAlarm: 1 / Math.sqrt(1.25), most: 4, least: 0.5 } as const;

/**
 * The caution of each property that was judged: above 1 asks for more before it tells. Depends on how many verdicts
 * there are and not on their order. A visit of people (`maintenance`) says nothing of the detector.
 */
export function cautionOf(judged: readonly Judged[]): Record<string, number> {
  const counts = new Map<string, { falseAlarms: number; trueAlarms: number }>();
  for (const { properties, verdict } of judged) {
    if (verdict === 'maintenance') continue;
    for (const property of properties) {
      const count = counts.get(property) ?? { falseAlarms: 0, trueAlarms: 0 };
      if (verdict === 'false') count.falseAlarms++;
      else count.trueAlarms++;
      counts.set(property, count);
    }
  }
  const all: Record<string, number> = {};
  for (const [property, { falseAlarms, trueAlarms }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const product = caution.falseAlarm ** falseAlarms * caution.trueAlarm ** trueAlarms;
    all[property] = Math.min(caution.most, Math.max(caution.least, product));
  }
  return all;
}
