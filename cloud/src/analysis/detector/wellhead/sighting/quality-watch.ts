// What the quality tests refused: runs of it are faults, and none of it is a measurement.
import { type Cause, causeName, causes, type Flag } from '@wellhead/protocol';
import { quality } from '../usual/parameters.ts';
import { beginSighting, type Sighting } from './sighting.ts';

export class QualityWatch {
  #run: { readonly sighting: Sighting; isKnown: boolean; readonly cause: Cause } | undefined;

  get isFailing(): boolean {
    return this.#run !== undefined;
  }

  /** Takes a refused value (flag 4 or 9). @returns a sighting when it is known to be one; it grows by itself */
  take(time: number, value: number, flag: Flag, cause: Cause): Sighting | undefined {
    let run = this.#run;
    if (run === undefined || run.cause !== cause) {
      this.end();
      const sighting = beginSighting(time, {
        looker: 'quality',
        cause: causeName(cause),
        isFault: true,
        value,
        expected: Number.NaN,
        score: 1,
      });
      run = { sighting, isKnown: false, cause };
      this.#run = run;
    } else {
      run.sighting.end = time;
      run.sighting.count++;
    }
    // One missing value is no news; the gateway counts it.
    const enough = cause === causes.missing || flag === 9 ? quality.fewestMissing : 1;
    if (run.isKnown || run.sighting.count < enough) return undefined;
    run.isKnown = true;
    run.sighting.decidedAt = time;
    return run.sighting;
  }

  /** A value that was not refused. */
  end(): void {
    if (this.#run !== undefined) this.#run.sighting.isOpen = false;
    this.#run = undefined;
  }
}
