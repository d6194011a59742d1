import { labelledSeries } from './labelled-series.ts';
import type { Series } from './series.ts';

/** Series that are read or made when they are wanted; a source without its data gives none. */
export interface Source {
  readonly id: string;
  readonly load: () => readonly Series[];
}

export const sources: readonly Source[] = labelledSeries;
