// What S-H-ESD may be told: first what its authors published, then repairs of what is known to be wrong.
import { Unsuitable } from '../unsuitable.ts';

export interface ShesdOptions {
  /** Observations in one cycle. */
  readonly period: number;
  /** The largest share of values that may be anomalies, above 0 up to 0.49; 0.1 by default. */
  readonly maxAnoms?: number;
  /** Which side is anomalous; `pos` by default. */
  readonly direction?: 'both' | 'pos' | 'neg';
  /** Level of significance of each run; 0.05 by default. */
  readonly alpha?: number;
  /** Keep only anomalies as high as this over the maxima of all periods; it drops all low anomalies, too. */
  readonly threshold?: 'med_max' | 'p95' | 'p99';

  /**
   * Take the trend off, too. As published only the median is, so both ends of any slope look extreme. Off by
   * default.
   */
  readonly removeTrend?: boolean;
  /**
   * The smallest scale of the residuals, in the unit of the values, for instance the resolution of the sensor:
   * a quiet sensor's MAD is so small that its last digit looks extreme. 0 by default, as published.
   */
  readonly smallestMad?: number;
  /** Expected values with their decimals. As published they are cut to integers. Off by default. */
  readonly exactExpected?: boolean;
  /**
   * Lay a straight line over missing values to find the cycle, and judge only what was measured. As published
   * a series with a gap is refused. Off by default.
   */
  readonly bridgeGaps?: boolean;
}

export type ShesdPlan = Required<Omit<ShesdOptions, 'threshold'>> & Pick<ShesdOptions, 'threshold'>;

/**
 * Fills in the published defaults for a series of `length` values.
 *
 * @throws Unsuitable for options out of range
 */
export function planShesd(length: number, options: ShesdOptions): ShesdPlan {
  const {
    maxAnoms = 0.1,
    direction = 'pos',
    alpha = 0.05,
    removeTrend = false,
    smallestMad = 0,
    exactExpected = false,
    bridgeGaps = false,
    ...rest
  } = options;
  if (!Number.isInteger(rest.period) || rest.period < 2)
    throw new Unsuitable('period', `a period is a whole number of values, 2 or more, not ${rest.period}`);
  if (!(maxAnoms > 0 && maxAnoms <= 0.49))
    throw new Unsuitable(
      'max-anoms',
      `the largest share of anomalies lies above 0 and up to 0.49: ${maxAnoms}`,
    );
  if (!(alpha > 0 && alpha < 1)) throw new Unsuitable('alpha', `alpha lies between 0 and 1: ${alpha}`);
  return {
    ...rest,
    // So that one anomaly can be found in however short a series.
    maxAnoms: Math.max(maxAnoms, 1 / length),
    direction,
    alpha,
    removeTrend,
    smallestMad,
    exactExpected,
    bridgeGaps,
  };
}
