// From what a detector says to what is held: with a name, a sentence, and what people said of it.

import type { DetectedEvent } from '../../event/event.ts';
import type { FoundEvent } from '../../event/stored-event.ts';
import { eventIds } from '../event/event-id.ts';
import { type EventWords, explainEvent } from '../event/explain.ts';
import type { Judgement } from './judgements.ts';

/** Names the detectors and their settings in the events; raised when they find other things in the same data. */
const detectorRules = 'detector@2';

export interface Finding {
  readonly site: string;
  readonly sensor: string;
  readonly words: EventWords;
  readonly judgements: ReadonlyMap<string, Judgement>;
}

/** All events of a sensor and quarter as they are held, in the same order. */
export function foundEvents(
  detected: readonly DetectedEvent[],
  { site, sensor, words, judgements }: Finding,
): FoundEvent[] {
  const ids = eventIds(site, sensor, detected);
  return detected.map((event, i) => {
    const id = ids[i]!;
    // People who were there know better; what they said comes after the name, which must not change.
    const isVisit = judgements.get(id)?.verdict === 'maintenance';
    const judged: DetectedEvent = {
      ...event,
      ...(isVisit && { kind: 'maintenance' }),
      // Further digits are noise, and would make every late reading a change of every event after it.
      expected: figures(event.expected, 6),
      score: figures(event.score, 3),
    };
    const explanation = explainEvent(judged, words);
    return { id, site, sensors: [sensor], explanation, rules: detectorRules, ...judged };
  });
}

function figures(value: number, most: number): number {
  return Number(value.toPrecision(most));
}
