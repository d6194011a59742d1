// Whether the sonde hangs in the air, where nothing that it measures is of the water.
import { causes } from '../reading/cause.ts';
import { flags } from '../reading/flag.ts';
import type { Value } from '../reading/value.ts';
import type { Property } from '../sensor-type/schema.ts';
import type { ValueTest } from './value-test.ts';

/** So many good values say what is usual, and it follows changes over so many. */
const fewestUsual = 24;
const usualMemory = 500;
/** The slack of every limit: see `limits.ts`. */
const slack = 1 + 1e-9;

/**
 * Whether the sonde hangs in the air, told from all values of one reading: then none of them is of the water, and
 * each number measured in it is bad. Two signs, each where its setting is given:
 *
 * - the level is at or below where the sonde hangs, plus a margin: without water above it a pressure sensor
 *   reads its own elevation (as traval's dry test, 0.05 m);
 * - the conductivity is near 0 while another property is still measured: air conducts nothing. A level well above
 *   the sonde says otherwise and goes before it, for then the conductivity cell has failed.
 *
 * A conductivity of exactly 0 may as well be a dropout of its own cell. It is the air if the sonde was in it
 * already, or if another property jumps at the same time.
 */
export class OutOfWater {
  readonly #roles: readonly Role[];
  readonly #gapMs: number;
  /** Time of the last reading in the air; -Infinity in the water. */
  #inAirAt = Number.NEGATIVE_INFINITY;

  constructor(properties: readonly Property[], gapMs: number) {
    this.#roles = properties.flatMap(({ outOfWater }, p) =>
      outOfWater ? [{ place: p, settings: outOfWater, usual: { value: 0, count: 0 } }] : [],
    );
    this.#gapMs = gapMs;
  }

  /** Fails what was measured in the air. To be asked when each value was judged by itself, and before the rest. */
  judge(
    tests: readonly ValueTest[],
    values: readonly (Value | undefined)[],
    at: number,
    isInOrder: boolean,
  ): void {
    const roles = this.#roles;
    if (roles.length === 0) return;
    let level: Verdict;
    let conductivity: Verdict;
    for (const role of roles) {
      if (role.settings.elevation !== undefined) level = this.#byLevel(role, tests, values) ?? level;
      else conductivity = this.#byConductivity(role, tests, values, at, isInOrder) ?? conductivity;
    }
    const said = level ?? conductivity;
    if (said === 'air') {
      for (const test of tests) if (isOfTheAir(test)) test.fail(causes['out-of-water']);
    }
    // What says nothing, as a reading of missing codes, does not end the time in the air.
    if (isInOrder && said !== undefined) this.#inAirAt = said === 'air' ? at : Number.NEGATIVE_INFINITY;
  }

  /** Learns what is usual. To be asked when all tests have spoken, of readings in order. */
  learn(tests: readonly ValueTest[], values: readonly (Value | undefined)[]): void {
    for (const { place, settings, usual } of this.#roles) {
      const value = values[place];
      if (settings.share === undefined || tests[place]!.flag !== flags.good || typeof value !== 'number')
        continue;
      if (usual.count < usualMemory) usual.count++;
      usual.value += (value - usual.value) / usual.count;
    }
  }

  #byLevel({ place, settings }: Role, tests: readonly ValueTest[], values: readonly unknown[]): Verdict {
    const value = values[place];
    if (tests[place]!.cause !== causes.none || typeof value !== 'number') return undefined;
    return value - settings.elevation! <= settings.margin * slack ? 'air' : 'water';
  }

  #byConductivity(
    { place, settings, usual }: Role,
    tests: readonly ValueTest[],
    values: readonly (Value | undefined)[],
    at: number,
    isInOrder: boolean,
  ): Verdict {
    const { cause } = tests[place]!;
    const value = values[place];
    if (typeof value !== 'number' || (cause !== causes.none && cause !== causes.dropout)) return undefined;
    const share = settings.share !== undefined && usual.count >= fewestUsual ? settings.share : 0;
    if (value > Math.max(settings.below ?? 0, share * usual.value)) return 'water';
    let goesOn = false;
    let jumps = false;
    for (let p = 0; p < tests.length; p++) {
      const test = tests[p]!;
      // What else the logger gave of this reading is not to be trusted either.
      if (test.cause === causes['logger-dropout']) return undefined;
      if (p === place || !test.isSubmerged || test.cause !== causes.none) continue;
      const other = values[p];
      if (typeof other !== 'number') continue;
      goesOn = true;
      jumps ||= isInOrder && test.isJump(other, at);
    }
    if (!goesOn) return undefined;
    const wasInAir = isInOrder && at - this.#inAirAt <= this.#gapMs;
    return cause === causes.none || wasInAir || jumps ? 'air' : undefined;
  }
}

/** A property that tells of the air, and what is usual for it. */
interface Role {
  readonly place: number;
  readonly settings: NonNullable<Property['outOfWater']>;
  readonly usual: { value: number; count: number };
}

type Verdict = 'air' | 'water' | undefined;

/** A number is: a missing code is not, nor what the logger lost. */
function isOfTheAir({ isSubmerged, cause, flag }: ValueTest): boolean {
  if (!isSubmerged) return false;
  return (
    (cause === causes.none && flag === flags.good) ||
    cause === causes.dropout ||
    cause === causes['instrument-range']
  );
}
