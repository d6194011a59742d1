// What people said of the events of a sensor, read once and again when somebody has said more.
import { RecentMap } from '@wellhead/host';
import type { Feedback, Verdict } from '../../event/stored-event.ts';
import type { EventStore } from '../../store/event-store.ts';
import { cautionOf } from '../event/caution.ts';

/** The newest verdict on one event. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly properties: readonly string[];
  readonly start: number;
}

/** Sensors whose judgements are remembered. */
const rememberedMost = 10_000;

export class Judgements {
  readonly #events: EventStore;
  readonly #remembered = new RecentMap<string, ReadonlyMap<string, Judgement>>(rememberedMost);

  constructor(events: EventStore) {
    this.#events = events;
  }

  /** By the id of the event. */
  async of(site: string, sensor: string): Promise<ReadonlyMap<string, Judgement>> {
    const key = `${site}/${sensor}`;
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const newest = new Map<string, Feedback>();
    for (const feedback of await this.#events.feedback({ site, sensor }))
      newest.set(feedback.event, feedback);
    const judgements = new Map<string, Judgement>();
    for (const [id, { verdict }] of newest) {
      const event = await this.#events.get(id);
      if (event !== undefined)
        judgements.set(id, { verdict, properties: event.properties, start: event.start });
    }
    this.#remembered.set(key, judgements);
    return judgements;
  }

  forget(site: string, sensor: string): void {
    this.#remembered.delete(`${site}/${sensor}`);
  }
}

/** The caution that events before a moment were judged to ask for: later verdicts do not change older history. */
export function cautionBefore(
  judgements: ReadonlyMap<string, Judgement>,
  moment: number,
): Record<string, number> {
  return cautionOf([...judgements.values()].filter(({ start }) => start < moment));
}
