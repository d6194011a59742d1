// Looks at one sensor: brings its detector up to what the store has, and takes what it has found.
import { RecentMap } from '@wellhead/host';
import type { SensorType, Site } from '@wellhead/protocol';
import type { FoundEvent } from '../../event/stored-event.ts';
import { emptyColumns, type ReadingColumns } from '../../store/reading-columns.ts';
import type { ReadingStore, SensorSummary } from '../../store/reading-store.ts';
import type { DetectionSettings } from '../detector/sensor-detector.ts';
import { DetectorFailed, type DetectorPool } from '../worker/detector-pool.ts';
import { type Life, lifeOf } from '../worker/life.ts';
import type { Sight } from '../worker/messages.ts';
import { foundEvents } from './found-events.ts';
import { Hindsight } from './hindsight.ts';
import { cautionBefore, type Judgements } from './judgements.ts';
import { lastTimely } from './last-timely.ts';
import { readColumns } from './read-columns.ts';
import { settingsOf, wordsOf } from './settings-of.ts';

export type AnalysisCounter =
  | 'analysis_readings_total'
  | 'analysis_series_total'
  | 'analysis_detectors_built_total'
  | 'analysis_detector_seconds_total'
  | 'analysis_failures_total'
  | 'analysis_alarms_over_budget_total';

export interface SensorAnalysisOptions {
  readonly store: ReadingStore;
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly pool: DetectorPool;
  readonly judgements: Judgements;
  readonly alarmsPerYear: number;
  /** Detectors kept for the next round; the one that was longest not needed goes first, and is built again. */
  readonly detectors: number;
  readonly count: (name: AnalysisCounter, amount: number) => void;
  readonly onTrouble: (message: string, facts: object) => void;
}

/** All that a sensor's detector found in one quarter. */
export interface QuarterEvents {
  readonly site: string;
  readonly sensor: string;
  readonly quarter: number;
  readonly events: readonly FoundEvent[];
}

export interface LookAt {
  readonly sensor: SensorSummary;
  readonly quarter: number;
  /** What is new: from its first reading to just above its last. Left out: everything is looked at anew. */
  readonly fresh?: { readonly from: number; readonly to: number };
  /** Whether the detector waits for more readings. */
  readonly keep: boolean;
}

/** A detector that waits for more readings. */
interface Kept {
  /** Readings below this were given to it. */
  readonly until: number;
  readonly settings: string;
  readonly isOver: boolean;
  readonly alarmsOver: number;
}

interface Seen extends Sight {
  /** The detector was begun anew. */
  readonly isNew: boolean;
}

export class SensorAnalysis {
  readonly #options: SensorAnalysisOptions;
  /** By key; the one that was longest not needed goes first. */
  readonly #kept: RecentMap<string, Kept>;
  readonly #hindsight: Hindsight;

  constructor(options: SensorAnalysisOptions) {
    this.#options = options;
    this.#kept = new RecentMap(options.detectors);
    this.#hindsight = new Hindsight(options);
  }

  /** Whether a detector of an earlier quarter still waits for the end of an event. */
  isWaiting(site: string, sensor: string, quarter: number): boolean {
    return this.#kept.get(keyOf(site, sensor, quarter))?.isOver === false;
  }

  /**
   * All events of the sensor that start in the quarter, as the readings in the store tell. Undefined where nothing of
   * it is to be looked at, nothing has changed, or the detector failed, which is counted.
   * @throws WellheadError STORE_QUERY
   */
  async look(asked: LookAt): Promise<QuarterEvents | undefined> {
    const { sensor, quarter } = asked;
    const plain = settingsOf(this.#sourcesOf(sensor));
    if (plain === undefined) return undefined;
    const life = lifeOf(quarter);
    const judgements = await this.#options.judgements.of(sensor.site, sensor.sensor);
    const settings = { ...plain, caution: cautionBefore(judgements, life.to) };
    try {
      const sight = await this.#sight(asked, life, settings);
      if (sight === undefined) return undefined;
      const words = wordsOf(this.#sourcesOf(sensor));
      const seen = await this.#hindsight.explain(sight.events ?? [], { sensor, life, isNew: sight.isNew });
      const events = foundEvents(seen, { ...sensor, words, judgements });
      return { site: sensor.site, sensor: sensor.sensor, quarter, events };
    } catch (error) {
      // It may have taken a part of its readings: the next look begins it anew.
      const key = keyOf(sensor.site, sensor.sensor, quarter);
      this.#kept.delete(key);
      this.#options.pool.forget(key);
      if (!(error instanceof DetectorFailed)) throw error;
      this.#options.count('analysis_failures_total', 1);
      this.#options.onTrouble('a sensor could not be analysed', {
        sensor: `${sensor.site}/${sensor.sensor}`,
        why: error.message,
      });
      return undefined;
    }
  }

  async #sight(asked: LookAt, life: Life, settings: DetectionSettings): Promise<Seen | undefined> {
    const { sensor, quarter, fresh, keep } = asked;
    const { pool, store, count } = this.#options;
    const key = keyOf(sensor.site, sensor.sensor, quarter);
    const text = JSON.stringify(settings);
    const known = this.#kept.get(key);
    const goesOn =
      known !== undefined && known.settings === text && fresh !== undefined && fresh.from >= known.until;
    if (goesOn && known.isOver) return undefined;
    const isNew = !goesOn || !pool.has(key);
    const all = Math.floor(lastTimely(sensor)) + 1;
    // What the log has not told of yet comes with a later mark; else it would be taken for late then.
    const to = Math.max(fresh?.to ?? all, known?.until ?? all);
    let begin: { settings: DetectionSettings; life: Life } | undefined = isNew
      ? { settings, life }
      : undefined;
    let readings = 0;
    let seconds = 0;
    const give = async (columns: ReadingColumns, tell: boolean) => {
      readings += columns.times.length;
      const sight = await pool.look({ key, ...(begin && { begin }), columns, tell });
      begin = undefined;
      seconds += sight.seconds;
      return sight;
    };
    const properties = settings.properties.map(({ name }) => name);
    const { site, sensor: name } = sensor;
    const range = { from: isNew ? life.begin : known!.until, to: Math.min(to, life.end) };
    let sight: Sight | undefined;
    for await (const { columns, isLast } of readColumns(store, {
      site,
      sensor: name,
      properties,
      ...range,
    })) {
      const tell = isLast && to <= life.end;
      sight = await give(columns, tell);
      if (sight.isOver) break;
    }
    if (to > life.end) sight = await give(endOf(life), true);
    if (sight?.events === undefined) sight = await give(emptyColumns(0, properties.length), true);
    count('analysis_series_total', 1);
    count('analysis_readings_total', readings);
    count('analysis_detector_seconds_total', seconds);
    if (isNew) count('analysis_detectors_built_total', 1);
    this.#reportBudget(sensor, sight.leftOut, known?.alarmsOver ?? 0);
    if (!keep || sight.isOver) pool.forget(key);
    if (keep) {
      const { isOver, leftOut } = sight;
      const dropped = this.#kept.set(key, { until: to, settings: text, isOver, alarmsOver: leftOut });
      if (dropped !== undefined) pool.forget(dropped);
    } else this.#kept.delete(key);
    return { ...sight, isNew };
  }

  #reportBudget(sensor: SensorSummary, leftOut: number, known: number): void {
    if (leftOut <= known) return;
    this.#options.count('analysis_alarms_over_budget_total', leftOut - known);
    this.#options.onTrouble(
      'a sensor has more events than anybody reads; the weak ones are left out: check its limits, or the sensor',
      { sensor: `${sensor.site}/${sensor.sensor}`, leftOut },
    );
  }

  #sourcesOf(sensor: SensorSummary) {
    const { types, sites, alarmsPerYear } = this.#options;
    return { sensor, type: types.get(sensor.type), site: sites.get(sensor.site), alarmsPerYear };
  }
}

/** A moment without values that tells a detector that its time is over. */
function endOf({ end }: Life): ReadingColumns {
  return { times: Float64Array.of(end), values: [], flags: [], causes: [] };
}

function keyOf(site: string, sensor: string, quarter: number): string {
  return `${site}/${sensor}/${quarter}`;
}
