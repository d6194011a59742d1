// One property of one sensor: faults first, then what looks at its values.
import { type Cause, dayMs, type Flag } from '@wellhead/protocol';
import { Agreement, type Score } from './agreement.ts';
import { CodeWatch } from './sighting/code.ts';
import { JumpWatch } from './sighting/jump.ts';
import { QualityWatch } from './sighting/quality-watch.ts';
import { Ramp } from './sighting/ramp.ts';
import { Seasonal } from './sighting/seasonal.ts';
import { Shape } from './sighting/shape.ts';
import type { Looker, Sighting } from './sighting/sighting.ts';
import { SpikeWatch } from './sighting/spike.ts';
import { YearRange } from './sighting/year-range.ts';
import { Hourly } from './usual/hourly.ts';
import { flow, range, scatter as scatterSettings, shape } from './usual/parameters.ts';
import { Scatter } from './usual/scatter.ts';

export interface ChannelOptions {
  /** Usual time between two readings, ms. */
  readonly interval: number;
  /** False alarms a year that are acceptable. */
  readonly perYear: number;
  readonly resolution?: number;
  /** Factor on all thresholds. */
  readonly caution: number;
  /** Those that take part. */
  readonly lookers: ReadonlySet<Looker>;
}

export class Channel {
  readonly #interval: number;
  readonly #caution: number;
  readonly #lookers: ReadonlySet<Looker>;
  readonly #scatter: Scatter;
  readonly #codes = new CodeWatch();
  readonly #quality = new QualityWatch();
  readonly #jump: JumpWatch;
  readonly #spike: SpikeWatch;
  readonly #ramp: Ramp;
  readonly #year = new YearRange();
  readonly #hours = new Hourly(shape.maxHours);
  readonly #seasonal: Seasonal;
  readonly #shape: Shape;
  readonly #agreement = new Agreement();
  readonly #sightings: Sighting[] = [];
  #settling = 0;
  #lastTime = Number.NEGATIVE_INFINITY;
  /** From then on the last day has no hole in it. */
  #wholeFrom = Number.NEGATIVE_INFINITY;

  constructor({ interval, perYear, resolution, caution, lookers }: ChannelOptions) {
    this.#interval = interval;
    this.#caution = caution;
    this.#lookers = lookers;
    const perDay = dayMs / interval;
    this.#scatter = new Scatter(
      Math.min(Math.max(perDay, scatterSettings.fewestValues), scatterSettings.maxValues),
      resolution,
    );
    this.#jump = new JumpWatch(interval, perYear / 2);
    this.#spike = new SpikeWatch(perYear / 2);
    this.#ramp = new Ramp(interval, perYear);
    this.#seasonal = new Seasonal(perYear);
    this.#shape = new Shape(shape.maxHours, perYear);
  }

  /** All so far, by when they became known. */
  get sightings(): readonly Sighting[] {
    return this.#sightings;
  }

  /**
   * How far a value is from the level of just before, in scatters; 0 where that is not known. To be asked
   * before the value is pushed.
   */
  departure(value: number): number {
    const departure = (value - this.#jump.level) / this.#scatter.size;
    return Number.isFinite(departure) ? departure : 0;
  }

  /** Takes the next reading: its value, NaN where there is none, and how the departures of all properties fit together. */
  push(time: number, value: number, flag: Flag, cause: Cause, multi: number): void {
    if ((flag === 4 || flag === 9) && this.#lookers.has('quality')) {
      this.#add(this.#quality.take(time, value, flag, cause));
      return;
    }
    // Not named, or no number: a sensor need not have all that its type knows, nor give all each time.
    if (Number.isNaN(value)) return;
    const scatter = this.#scatter.size;
    const around = { level: this.#jump.level, scatter, beyond: this.#year.beyond(value, scatter) };
    if (this.#lookers.has('code') && this.#codes.isCode(value, around)) {
      this.#scatter.forgetLast();
      this.#add(this.#codes.take(time, value, around));
      return;
    }
    if (this.#quality.isFailing || this.#codes.isFailing) {
      this.#settling = flow.settling;
      // The level of before the failure is older than it looks.
      this.#jump.forget();
    }
    this.#quality.end();
    this.#codes.end();
    if (time - this.#lastTime > flow.hole * this.#interval) this.#forget(time);
    this.#lastTime = time;
    if (this.#settling > 0) this.#settling--;
    else this.#judge(time, value, around.beyond, multi);
  }

  #judge(time: number, value: number, beyond: number, multi: number): void {
    const caution = this.#caution;
    const lookers = this.#lookers;
    const scatter = this.#scatter.size;
    if (lookers.has('local')) this.#add(this.#jump.push(time, value, this.#scatter, caution));
    if (lookers.has('spike')) this.#addSpike(this.#spike.push(time, value, scatter, caution));
    this.#scatter.push(value);
    if (this.#jump.isAway) {
      // Its hours are left out, so the days around it do not compare.
      this.#wholeFrom = time + flow.wholeMs;
      return;
    }
    this.#year.push(time, value);
    const scores: Score[] = [];
    const note = (looker: Looker, score: number, expected: number) => {
      if (lookers.has(looker)) scores.push({ looker, score: score / caution, expected });
    };
    note('ramp', this.#ramp.push(time, value, scatter), this.#ramp.before);
    if (this.#year.days >= range.fewestDays) note('range', beyond / range.widths, this.#jump.level);
    note('multi', multi, this.#jump.level);
    if (this.#hours.push(time, value) && time >= this.#wholeFrom) {
      if (lookers.has('seasonal'))
        note('seasonal', this.#seasonal.judge(time, this.#hours, scatter), this.#seasonal.expected);
      if (lookers.has('shape'))
        note('shape', this.#shape.judge(time, this.#hours, 4 * scatter), this.#ramp.before);
    }
    this.#add(this.#agreement.push(time, value, scores));
  }

  #add(sighting: Sighting | undefined): void {
    if (sighting === undefined) return;
    this.#sightings.push(sighting);
    if (this.#sightings.length > flow.maxSightings) this.#sightings.shift();
  }

  /** A spike that was seen as a jump already is not told twice. */
  #addSpike(spike: Sighting | undefined): void {
    const last = this.#sightings.at(-1);
    if (spike === undefined || (last !== undefined && last.end >= spike.start)) return;
    this.#add(spike);
  }

  /** After a hole, what came before says little. */
  #forget(time: number): void {
    this.#wholeFrom = time + flow.wholeMs;
    this.#jump.forget();
    this.#ramp.forget();
    this.#spike.forget();
    this.#agreement.forget();
    this.#scatter.forgetLast();
  }
}
