// What a simulated borehole measures, and what is usual for it.

/** What a borehole's sonde measures, in the order of its columns, and what is usual for one borehole. */
export const groundwaterProperties = [
  'sec',
  'ph',
  'water_level',
  'water_temperature',
  'total_dissolved_gas',
] as const;

export type GroundwaterProperty = (typeof groundwaterProperties)[number];

/** One number for each property. */
export type GroundwaterValues = Record<GroundwaterProperty, number>;

/** Digits after the point that the instrument shows: 1 µS/cm, 0.01 pH, 0.01 m, 0.1 °C, 1 mbar. */
export const decimals: Readonly<GroundwaterValues> = {
  sec: 0,
  ph: 2,
  water_level: 2,
  water_temperature: 1,
  total_dissolved_gas: 0,
};

/** Rounds each value to what the instrument shows. */
export function quantise(values: GroundwaterValues): GroundwaterValues {
  return {
    sec: round(values.sec, decimals.sec),
    ph: round(values.ph, decimals.ph),
    water_level: round(values.water_level, decimals.water_level),
    water_temperature: round(values.water_temperature, decimals.water_temperature),
    total_dissolved_gas: round(values.total_dissolved_gas, decimals.total_dissolved_gas),
  };
}

/** Rounds to so many digits after the point; never gives -0. */
export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}

/** How one borehole behaves. The defaults are of the size seen in a shallow sandstone aquifer in Lancashire. */
export interface BoreholeProfile {
  /** Usual values of the properties in their units. */
  readonly mean: Readonly<GroundwaterValues>;
  /** Depth of the sonde below the mean water level, m: what it reads as level when it hangs in air. */
  readonly sondeDepthMetres: number;
  /** Time in which an undisturbed water table falls to 1/e of its height above base level. */
  readonly recessionDays: number;
  /** Time that rain takes on its way through the soil. */
  readonly percolationDays: number;
  /** Time in which fresh recharge loses its chemical mark. */
  readonly mixingDays: number;
  /** Part of the ground that water fills when it rises: 0.08 turns 8 mm of recharge into 0.1 m. */
  readonly specificYield: number;
  /** Mean time between two rains, and mean depth of one. */
  readonly daysBetweenRains: number;
  readonly rainMillimetres: number;
  /** Part of a change in air pressure that the water level answers, the other way. */
  readonly barometricEfficiency: number;
  /** Half of the range of the tides of 12.42 h (moon) and of 24 h (sun), m. */
  readonly lunarTideMetres: number;
  readonly solarTideMetres: number;
  /** Half of the yearly range of the water's temperature, °C. */
  readonly annualTemperature: number;
}

export const defaultProfile: BoreholeProfile = {
  mean: { sec: 845, ph: 7.12, water_level: 28.17, water_temperature: 11.3, total_dissolved_gas: 888 },
  sondeDepthMetres: 3,
  recessionDays: 25,
  percolationDays: 2,
  mixingDays: 12,
  specificYield: 0.08,
  daysBetweenRains: 4,
  rainMillimetres: 9,
  barometricEfficiency: 0.4,
  lunarTideMetres: 0.006,
  solarTideMetres: 0.004,
  annualTemperature: 0.35,
};
