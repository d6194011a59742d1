// What a seasonal-trend decomposition may be told, and what it assumes otherwise.

export interface StlOptions {
  /** Observations in one cycle, at least 2. */
  readonly period: number;
  /** Span of the seasonal smoother in cycles, or `periodic`: every cycle the same. */
  readonly seasonalWindow: number | 'periodic';
  readonly seasonalDegree?: 0 | 1;
  readonly seasonalJump?: number;
  /** Spans of trend and low-pass smoothers, in observations. */
  readonly trendWindow?: number;
  readonly trendDegree?: 0 | 1;
  readonly trendJump?: number;
  readonly lowpassWindow?: number;
  readonly lowpassDegree?: 0 | 1;
  readonly lowpassJump?: number;
  /** Down-weights outliers in outer rounds; changes the defaults of `inner` and `outer`. */
  readonly robust?: boolean;
  readonly inner?: number;
  readonly outer?: number;
}

export type StlPlan = Required<Omit<StlOptions, 'robust' | 'seasonalWindow'>> & {
  readonly seasonalWindow: number;
  readonly isPeriodic: boolean;
};

/**
 * Fills in the defaults, which are those of R's `stl`; the trend span is the smallest that the paper's
 * section 3.6 allows, 1.5·period / (1 − 1.5/seasonal span).
 */
export function planStl(length: number, options: StlOptions): StlPlan {
  const { period, robust = false } = options;
  if (!Number.isInteger(period) || period < 2) throw new RangeError('a period is a whole number from 2 on');
  if (length <= 2 * period)
    throw new RangeError(
      `a decomposition needs more than two periods: ${length} values for a period of ${period}`,
    );
  const isPeriodic = options.seasonalWindow === 'periodic';
  const seasonalWindow = options.seasonalWindow === 'periodic' ? 10 * length + 1 : options.seasonalWindow;
  const trendWindow = options.trendWindow ?? nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / seasonalWindow)));
  const lowpassWindow = options.lowpassWindow ?? nextOdd(period);
  const trendDegree = options.trendDegree ?? 1;
  return {
    period,
    isPeriodic,
    seasonalWindow: smoothable(seasonalWindow),
    seasonalDegree: isPeriodic ? 0 : (options.seasonalDegree ?? 0),
    seasonalJump: options.seasonalJump ?? Math.ceil(seasonalWindow / 10),
    trendWindow: smoothable(trendWindow),
    trendDegree,
    trendJump: options.trendJump ?? Math.ceil(trendWindow / 10),
    lowpassWindow: smoothable(lowpassWindow),
    lowpassDegree: options.lowpassDegree ?? trendDegree,
    lowpassJump: options.lowpassJump ?? Math.ceil(lowpassWindow / 10),
    inner: options.inner ?? (robust ? 1 : 2),
    outer: options.outer ?? (robust ? 15 : 0),
  };
}

function nextOdd(span: number): number {
  return span % 2 === 0 ? span + 1 : span;
}

function smoothable(span: number): number {
  return nextOdd(Math.max(3, Math.round(span)));
}
