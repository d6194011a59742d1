// Looks back once a day at the readings of a quarter, for faults that only later readings tell.
import { RecentMap } from '@wellhead/host';
import { dayMs, minuteMs, type SensorType, type Site } from '@wellhead/protocol';
import type { DetectedEvent } from '../../event/event.ts';
import { emptyColumns, type ReadingColumns } from '../../store/reading-columns.ts';
import type { ReadingStore, SensorSummary } from '../../store/reading-store.ts';
import { faultSourcesOf } from '../fault/fault-sources.ts';
import type { FaultSpan } from '../fault/fault-window.ts';
import { findFaults } from '../fault/find-faults.ts';
import { withFaults } from '../fault/with-faults.ts';
import type { Life } from '../worker/life.ts';
import { lastTimely } from './last-timely.ts';
import { readColumns } from './read-columns.ts';

/** What is usual is learnt from so much before the quarter. */
const beforeMs = 28 * dayMs;
/** A sensor that reads oftener would hold a quarter of more readings than are to be in memory at once. */
const shortestInterval = 10 * minuteMs;
const maxReadings = 40_000;
/** Sensors and quarters whose faults are remembered until the day is over. */
const rememberedMost = 5_000;

export interface HindsightOptions {
  readonly store: ReadingStore;
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
}

export class Hindsight {
  readonly #options: HindsightOptions;
  readonly #remembered = new RecentMap<
    string,
    { readonly until: number; readonly spans: readonly FaultSpan[] }
  >(rememberedMost);

  constructor(options: HindsightOptions) {
    this.#options = options;
  }

  /**
   * The events of a quarter with the faults of it. It goes by what was measured up to the last midnight (UTC) before
   * the newest reading, and by nothing after the week that follows the quarter, so that it is the data alone that
   * decide what is told. Without a type, or of one that reads oftener than every ten minutes, events stay as they are.
   * @param isNew whether readings came that are not newer than all others: then nothing remembered holds
   * @throws WellheadError STORE_QUERY
   */
  async explain(
    events: readonly DetectedEvent[],
    { sensor, life, isNew }: { readonly sensor: SensorSummary; readonly life: Life; readonly isNew: boolean },
  ): Promise<readonly DetectedEvent[]> {
    const type = this.#options.types.get(sensor.type);
    if (type === undefined || type.interval < shortestInterval) return events;
    const key = `${sensor.site}/${sensor.sensor}/${life.from}`;
    const until = Math.min(Math.floor(lastTimely(sensor) / dayMs) * dayMs, life.settled);
    const known = this.#remembered.get(key);
    const spans =
      !isNew && known?.until === until ? known.spans : await this.#look(sensor, type, { ...life, until });
    this.#remembered.set(key, { until, spans });
    return withFaults(events, spans, type.interval).filter(
      ({ start }) => start >= life.from && start < life.to,
    );
  }

  async #look(
    sensor: SensorSummary,
    type: SensorType,
    { from, until }: Life & { readonly until: number },
  ): Promise<readonly FaultSpan[]> {
    const { store, sites } = this.#options;
    const sources = faultSourcesOf(sensor.sensor, type, sites.get(sensor.site));
    const properties = sources.properties.filter(({ name }) => sensor.properties.includes(name));
    if (properties.every(({ settings }) => Object.keys(settings).length === 0) || until <= from) return [];
    const pages: ReadingColumns[] = [];
    let count = 0;
    const query = {
      site: sensor.site,
      sensor: sensor.sensor,
      properties: properties.map(({ name }) => name),
    };
    for await (const { columns } of readColumns(store, { ...query, from: from - beforeMs, to: until })) {
      pages.push(columns);
      count += columns.times.length;
      if (count > maxReadings) return [];
    }
    const window = { ...joined(pages, properties.length), properties, interval: type.interval };
    return findFaults(window, sources.context);
  }
}

function joined(pages: readonly ReadingColumns[], width: number): ReadingColumns {
  const whole = emptyColumns(
    pages.reduce((sum, { times }) => sum + times.length, 0),
    width,
  );
  let at = 0;
  for (const { times, values, flags, causes } of pages) {
    whole.times.set(times, at);
    for (let p = 0; p < width; p++) {
      whole.values[p]!.set(values[p]!, at);
      whole.flags[p]!.set(flags[p]!, at);
      whole.causes[p]!.set(causes[p]!, at);
    }
    at += times.length;
  }
  return whole;
}
