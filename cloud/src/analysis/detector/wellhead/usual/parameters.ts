// All numbers the detector was tuned by, on the training part of the benchmark only (lab/detect/parameters.ts).
import { hourMs } from '@wellhead/protocol';

/** Heights that scores pass at a chosen rate. */
export const tail = {
  /** Daily maxima kept. */
  days: 365,
  fewestDays: 3,
  middle: 0.5,
  upper: 0.9,
  /** Days whose largest score is below count as this, so that a silent sensor is not judged by nothing. */
  smallestScore: 0.5,
  /** The upper quantile counts as at least so many times the middle one. */
  leastSpread: 1.7,
  /** So many days double what is asked. */
  caution: 7,
  /** In heights; more counts as so much. */
  largestScore: 3,
  /** Never more than so many times the largest ever. */
  beyondLargest: 2.5,
} as const;

export const twoSided = {
  /** Of the height of the other side. */
  share: 0.3,
} as const;

export const scatter = {
  /** So many steps of the instrument are no scatter. */
  floorSteps: 3,
  /** Of all steps, those that may be smaller than what the instrument shows. */
  oddSteps: 0.05,
  /** A step above so many times the usual counts as so many. */
  largestStep: 5,
  settledWeight: 0.2,
  fewestValues: 24,
  maxValues: 1440,
} as const;

export const jump = {
  /** Values whose median is the level. */
  level: 3,
  /** One value so many times above the threshold is told at once … */
  sharp: 2,
  /** … else so many must be above it. */
  fewestBeyond: 2,
  /** Back below this share of the threshold, it is over. */
  hysteresis: 0.5,
  /** Values an instrument may be off by itself. */
  longestSpike: 2,
  /** A run of equal values less likely than this is the instrument's. */
  rareRun: 0.05,
  /** Away for so long, it is the level. */
  shiftValues: 24,
  shortestShiftMs: 6 * hourMs,
  longestShiftMs: 24 * hourMs,
  /** A return by this share of the excursion in one step is sharp. */
  sharpReturn: 0.5,
  longestOffsetMs: 5 * 24 * hourMs,
  /** A step back may miss the old level by this share of its size. */
  pairMiss: 0.3,
} as const;

export const spike = {
  longest: 3,
  sharp: 2,
  /** It may miss the level before by this share of its size. */
  largestMiss: 0.5,
} as const;

export const code = {
  fewestValues: 12,
  /** 0 is a code where it is so many scatters away from the level … */
  distance: 20,
  /** … unless the values come down to it by themselves now and then … */
  reachedShare: 0.01,
  reachedValues: 5,
  /** … or it is read all the time, as by what is switched on and off. */
  usualShare: 0.2,
  /** Numbers that loggers write for no value count as codes so many widths outside all of the last year. */
  widths: 1,
} as const;

export const range = { days: 365, fewestDays: 28, widths: 0.5, sharp: 2 } as const;

export const ramp = {
  windowMs: 6 * hourMs,
  lagMs: 24 * hourMs,
  fewest: 3,
  most: 96,
} as const;

export const seasonal = { hours: 28 * 24, testDays: 7, maxDoubt: 0.001 } as const;

export const shape = {
  /** Hours of a stretch. */
  stretch: 24,
  /** Judged so often: stretches an hour apart are nearly the same. */
  everyHours: 3,
  fewestHours: 28 * 24,
  maxHours: 56 * 24,
} as const;

export const multi = {
  /** Of the variance, in the main axes. */
  share: 0.9,
  memoryMs: 28 * 24 * hourMs,
  /** Departures above so many scatters count as so many. */
  largest: 30,
  fewest: 100,
} as const;

/** When several must agree. */
export const agreement = {
  /** Two of them within … */
  withinMs: 3 * hourMs,
  fewest: 2,
  /** Over when all are below this share of their thresholds for … */
  hysteresis: 0.5,
  quietMs: 6 * hourMs,
  longestMs: 7 * 24 * hourMs,
} as const;

export const fusion = {
  /** Sightings of one property closer than this are one event … */
  mergeMs: 3 * hourMs,
  mergeIntervals: 12,
  /** … and faults if closer than this … */
  maxMergeMs: 24 * hourMs,
  /** What follows a failure of the same property so soon is part of it. */
  afterFailureMs: 6 * hourMs,
  /** Failed readings that make a failure of this kind. */
  fewestFailed: 2,
  /** … and of several properties if they begin so close together. */
  togetherMs: 1 * hourMs,
} as const;

export const quality = { fewestMissing: 3 } as const;

export const flow = {
  /** The oldest are forgotten beyond: a loose cable can make one an hour for a year. */
  maxSightings: 10_000,
  /** More than so many intervals without a value, and what came before says nothing. */
  hole: 3,
  /** Comparing days needs a day without a hole. */
  wholeMs: 24 * hourMs,
  /** Values after a failure that are not judged. */
  settling: 2,
} as const;
