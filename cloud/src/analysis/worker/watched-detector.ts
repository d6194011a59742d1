// One detector for the length of its life.
import type { Cause, Flag } from '@wellhead/protocol';
import type { DetectedEvent } from '../../event/event.ts';
import type { ReadingColumns } from '../../store/reading-columns.ts';
import type { SensorDetector } from '../detector/sensor-detector.ts';
import { keepBudget } from '../event/alarm-budget.ts';
import type { Life } from './life.ts';

export class WatchedDetector {
  readonly #detector: SensorDetector;
  readonly #life: Life;
  /** Time of the last reading it took. */
  #last = Number.NEGATIVE_INFINITY;
  #isOver = false;
  #reachedEnd = false;

  constructor(detector: SensorDetector, life: Life) {
    this.#detector = detector;
    this.#life = life;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * Takes readings up to the end of its life and passes over the rest. Where that is depends on the readings alone,
   * however they are shared out over the calls.
   */
  take({ times, values, flags, causes }: ReadingColumns): void {
    const width = values.length;
    const row = new Float64Array(width);
    const rowFlags = new Array<Flag>(width);
    const rowCauses = new Array<Cause>(width);
    for (let i = 0; i < times.length && !this.#isOver; i++) {
      const time = times[i]!;
      if (this.#endsBefore(time)) return;
      for (let p = 0; p < width; p++) {
        row[p] = values[p]![i]!;
        rowFlags[p] = flags[p]![i]! as Flag;
        rowCauses[p] = causes[p]![i]! as Cause;
      }
      this.#detector.push(time, row, rowFlags, rowCauses);
      this.#last = time;
    }
  }

  /** Its own events, what goes on at the end of its life ended there; and how many the alarm budget left out. */
  report(): { events: DetectedEvent[]; leftOut: number } {
    const { events, leftOut } = keepBudget(this.#detector.events());
    return {
      events: events
        .filter((event) => this.#isOwn(event))
        .map((event) =>
          this.#reachedEnd && event.end === undefined ? { ...event, end: this.#last } : event,
        ),
      leftOut: leftOut.filter((event) => this.#isOwn(event)).length,
    };
  }

  #endsBefore(time: number): boolean {
    const { settled, end } = this.#life;
    if (time < settled) return false;
    this.#reachedEnd = time >= end;
    this.#isOver =
      this.#reachedEnd || !this.#detector.events().some((e) => e.end === undefined && this.#isOwn(e));
    return this.#isOver;
  }

  #isOwn({ start }: DetectedEvent): boolean {
    return start >= this.#life.from && start < this.#life.to;
  }
}
