// What the quality tests take of a sensor, and what they say of each reading.
import type { Flag } from '../reading/flag.ts';
import type { Value } from '../reading/value.ts';
import type { QualitySettings, SensorType } from '../sensor-type/schema.ts';

/** What the tests say of one reading; `flags[p]` and `causes[p]` belong to the type's p-th property. */
export interface Assessment {
  readonly flags: Flag[];
  readonly causes: number[];
  readonly timeFlag: Flag;
  readonly timeCause: number;
}

/** Judges the readings of one sensor in the order they arrive; keeps constant memory. */
export interface Quality {
  /** `<type>@<version>`, with `+site` where the site changed a setting: kept beside every flag. */
  readonly rules: string;
  /** Values stand in the order of the type's properties; times are milliseconds since 1970, UTC. */
  assess(measuredAt: number, receivedAt: number, values: readonly (Value | undefined)[]): Assessment;
}

export interface QualityOptions {
  readonly type: SensorType;
  /** Settings of this sensor by property name, over those of the type. */
  readonly site?: Readonly<Record<string, QualitySettings>>;
}
