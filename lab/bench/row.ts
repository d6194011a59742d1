/** One figure of the bench. `id` stays what it is once it was published. */
export interface Figure {
  readonly id: string;
  /** Median of the runs. */
  readonly value: number;
  readonly unit: string;
  readonly runs: readonly number[];
  /** A peer or a physical limit measured in the same run, or a bar that was set, in words. */
  readonly reference: string;
}

export interface Row {
  /** The ids this row gives; `--only` picks rows by any of them. */
  readonly ids: readonly string[];
  readonly title: string;
  readonly run: (say: (text: string) => void) => Promise<Figure[]>;
}

export function figure(id: string, runs: readonly number[], unit: string, reference: string): Figure {
  return { id, value: median(runs), unit, runs, reference };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
