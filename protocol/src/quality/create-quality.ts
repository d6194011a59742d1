// The quality tests of one sensor, made from its type and what its site has set.
import { causes } from '../reading/cause.ts';
import type { Flag } from '../reading/flag.ts';
import type { Value } from '../reading/value.ts';
import type { Property } from '../sensor-type/schema.ts';
import { blameLogger } from './logger-dropout.ts';
import { OutOfWater } from './out-of-water.ts';
import type { Assessment, Quality, QualityOptions } from './quality.ts';
import { judgeTime, type ReadingTimes, readingTimesOf, timeFlagOf } from './reading-time.ts';
import { ValueTest } from './value-test.ts';

/**
 * The quality tests of one sensor, on arrival. A setting of the site replaces the whole setting of the type:
 * `spike: { suspect: 1 }` leaves no `bad` limit of the type behind.
 * @throws TypeError if the site names a property that the type does not have
 */
export function createQuality(options: QualityOptions): Quality {
  const { type, site = {} } = options;
  for (const name of Object.keys(site)) {
    if (!type.properties.some((property) => property.name === name)) {
      throw new TypeError(`the site sets "${name}", which sensor type "${type.type}" does not have`);
    }
  }
  const gapMs = type.time.gapSteps * type.interval;
  const properties = type.properties.map((property): Property => ({ ...property, ...site[property.name] }));
  const isChanged = properties.some((property, p) => !isSame(property, type.properties[p]));
  return new StreamingQuality(
    `${type.type}@${type.version}${isChanged ? '+site' : ''}`,
    readingTimesOf(type.time.future, gapMs),
    properties.map((property) => new ValueTest(property, { gapMs, intervalMs: type.interval })),
    { air: new OutOfWater(properties, gapMs), loggerDropout: type.loggerDropout },
  );
}

/** What is told from several properties of one reading. */
interface Together {
  readonly air: OutOfWater;
  readonly loggerDropout: number;
}

class StreamingQuality implements Quality {
  readonly rules: string;
  readonly #times: ReadingTimes;
  readonly #tests: readonly ValueTest[];
  readonly #together: Together;

  constructor(rules: string, times: ReadingTimes, tests: readonly ValueTest[], together: Together) {
    this.rules = rules;
    this.#times = times;
    this.#tests = tests;
    this.#together = together;
  }

  assess(measuredAt: number, receivedAt: number, values: readonly (Value | undefined)[]): Assessment {
    const timeCause = judgeTime(this.#times, measuredAt, receivedAt);
    const isInOrder = timeCause === causes.none || timeCause === causes.gap;
    const tests = this.#tests;
    const count = tests.length;
    const { air, loggerDropout } = this.#together;
    for (let p = 0; p < count; p++) tests[p]!.judgeAlone(values[p]);
    blameLogger(tests, loggerDropout);
    air.judge(tests, values, measuredAt, isInOrder);
    const flagged = new Array<Flag>(count);
    const caused = new Array<number>(count);
    for (let p = 0; p < count; p++) {
      const test = tests[p]!;
      test.judgeAmongOthers(values[p], measuredAt, isInOrder);
      flagged[p] = test.flag;
      caused[p] = test.cause;
    }
    if (isInOrder) air.learn(tests, values);
    return { flags: flagged, causes: caused, timeFlag: timeFlagOf(timeCause), timeCause };
  }
}

/** Whether two settings say the same; they are plain data, and the order of keys does not matter. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    if (!isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  return true;
}
