// What remains of a value after the day's course, where there proves to be one.
import { findCycle } from '../../../mathematics/find-cycle.ts';
import { median } from '../../../mathematics/median.ts';
import type { Hourly } from '../usual/hourly.ts';
import { seasonal } from '../usual/parameters.ts';
import { TailThreshold } from '../usual/tail-threshold.ts';

const hoursOfDay = 24;

/**
 * Once a week the last four weeks are looked through for a cycle of a day (periodogram test); while there is
 * one, the usual course is the median of the days, hour by hour, each day measured from its own median.
 */
export class Seasonal {
  readonly #tail: TailThreshold;
  #day = Number.NEGATIVE_INFINITY;
  #testedDay = Number.NEGATIVE_INFINITY;
  #isProven = false;
  #course: Float64Array | undefined;
  /** What the course and the level of the last day make expect, in the unit of the values. */
  expected = Number.NaN;

  constructor(perYear: number) {
    this.#tail = new TailThreshold(perYear);
  }

  /** Whether the day's course is proven now. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /** Judges the newest hour. @returns its departure in multiples of the threshold; 0 where no cycle is proven */
  judge(time: number, hours: Hourly, scatter: number): number {
    if (hours.count < seasonal.hours) return 0;
    const day = Math.floor(hours.hour / hoursOfDay);
    if (day !== this.#day) {
      this.#day = day;
      if (day - this.#testedDay >= seasonal.testDays) {
        this.#testedDay = day;
        this.#isProven = hasDailyCycle(hours.last(seasonal.hours));
      }
      this.#course = this.#isProven ? courseOf(hours) : undefined;
    }
    if (this.#course === undefined) return 0;
    const last = Float64Array.from({ length: hoursOfDay }, (_, i) => {
      const hour = hours.hour - 1 - i;
      return hours.at(i + 1) - this.#course![hourOfDay(hour)]!;
    });
    this.expected = median(last) + this.#course[hourOfDay(hours.hour)]!;
    return this.#tail.judge(time, Math.abs(hours.at(0) - this.expected) / scatter);
  }
}

function hasDailyCycle(values: Float64Array): boolean {
  const cycle = findCycle(values);
  return cycle !== undefined && cycle.pValue <= seasonal.maxDoubt && Math.abs(cycle.period - hoursOfDay) <= 1;
}

function courseOf(hours: Hourly): Float64Array {
  const values = hours.last(seasonal.hours);
  const days = seasonal.hours / hoursOfDay;
  const first = hours.hour - values.length + 1;
  const course = new Float64Array(hoursOfDay);
  const levels = Array.from({ length: days }, (_, d) =>
    median(values.slice(d * hoursOfDay, (d + 1) * hoursOfDay)),
  );
  for (let h = 0; h < hoursOfDay; h++) {
    course[hourOfDay(first + h)] = median(
      Float64Array.from({ length: days }, (_, d) => values[d * hoursOfDay + h]! - levels[d]!),
    );
  }
  return course;
}

/** Of an hour counted from 1970; those before have negative numbers. */
function hourOfDay(hour: number): number {
  return ((hour % hoursOfDay) + hoursOfDay) % hoursOfDay;
}
