// Which index holds what: months of readings by their own time, and what is kept beside them.

/** Where readings and summaries lie. All names share a prefix, so that one cluster can serve several Wellheads. */
export interface IndexNames {
  readonly prefix: string;
  /** One document for each series: what the store would otherwise have to count. */
  readonly series: string;
  /** All months. */
  readonly readings: string;
  readonly events: string;
  readonly feedback: string;
  readonly annotations: string;
  /** Names of the index templates. */
  readonly templates: {
    readonly readings: string;
    readonly series: string;
    readonly events: string;
    readonly feedback: string;
    readonly annotations: string;
  };
}

export function indexNames(prefix: string): IndexNames {
  return {
    prefix,
    series: `${prefix}-series`,
    readings: `${prefix}-readings-*`,
    events: `${prefix}-events`,
    feedback: `${prefix}-feedback`,
    annotations: `${prefix}-annotations`,
    templates: {
      readings: `${prefix}-readings`,
      series: `${prefix}-series`,
      events: `${prefix}-events`,
      feedback: `${prefix}-feedback`,
      annotations: `${prefix}-annotations`,
    },
  };
}

/** Clocks go astray by centuries; without a bound, each such reading could open an index of its own. */
const firstYear = 1970;
const lastYear = 2099;
const strayMonth = 'stray';

/** The month of a time, UTC, as in the names of indices; one name for all that no sensor can have measured. */
export function monthOf(measuredAt: number): string {
  const date = new Date(Math.floor(measuredAt));
  const year = date.getUTCFullYear();
  if (year < firstYear || year > lastYear) return strayMonth;
  return `${year}.${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
}

export function indexOfMonth(names: IndexNames, month: string): string {
  return `${names.prefix}-readings-${month}`;
}

/** The inverse of `indexOfMonth`. */
export function monthOfIndex(names: IndexNames, index: string): string {
  return index.slice(`${names.prefix}-readings-`.length);
}

/** The first moment after a month; undefined for stray readings, whose month means nothing. */
export function monthEnd(month: string): number | undefined {
  const match = /^(\d{4})\.(\d{2})$/.exec(month);
  return match === null ? undefined : Date.UTC(Number(match[1]), Number(match[2]), 1);
}
