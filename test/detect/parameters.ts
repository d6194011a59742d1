// Everything that was chosen by hand: the protocol, the peers, our detector. Nothing is chosen elsewhere.

const hour = 3_600_000;
const day = 24 * hour;

/**
 * How every system is judged. It was fixed before the systems were compared, but for the settings of our own
 * detector, which were tuned on the series marked as training, and on nothing else.
 */
export const protocol = {
  /** S-H-ESD needs two weeks before its first word, so nobody is judged on them. */
  unscored: 14 * day,
  /** An event hits a label that is no farther away; one sample where the samples are farther apart. */
  tolerance: hour,
  month: (365.25 / 12) * day,
  bootstrap: { block: 7 * day, draws: 1_000, seed: 'detect/bootstrap', level: 0.95 },
} as const;

/** The series that were looked at while the detector was made; all others are held out. */
export const training = {
  series: ['lro-temp', 'lro-ph', 'sandy-level'],
  /** Up to this share of its span GECCO is training, after it held out. */
  geccoShare: 0.5,
  isTrainingSeed: (seed: number) => seed % 2 === 0,
} as const;

/** S-H-ESD as in the papers on boreholes: both directions, up to a fifth of all values. */
export const shesd = {
  window: 14 * day,
  /** It is run so often, and only what is new since the last run is kept. */
  every: day,
  step: hour,
  period: 24,
  maxAnoms: 0.2,
  alpha: 0.05,
  /** Points no farther apart than this are one event in the grouped variants. */
  mergeGap: 3 * hour,
} as const;

export const wellhead = {
  /** One false alarm in a quarter of a year is what a person will bear. */
  alarmsPerYear: 4,
} as const;
