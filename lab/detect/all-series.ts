import { bgsSeries } from './bgs-series.ts';
import { dropoutSeries, untypedDropoutSeries } from './dropout-series.ts';
import { generatedSeries, seedsOf } from './generated-series.ts';
import { injectedSeries } from './injected-series.ts';
import { labelledSeries } from './labelled-series.ts';
import { dropout, generated, injected } from './parameters.ts';
import type { Series } from './series.ts';

/** Series that are read or made when they are wanted; a source without its data gives none. */
export interface Source {
  readonly id: string;
  readonly load: () => readonly Series[];
}

export const sources: readonly Source[] = [
  ...labelledSeries,
  ...bgsSeries,
  { id: 'generated', load: () => seedsOf(generated.seeds).map(generatedSeries) },
  { id: 'injected', load: () => seedsOf(injected.seeds).map(injectedSeries) },
  { id: 'dropout', load: () => dropout.seeds.map(dropoutSeries) },
  { id: 'untyped-dropout', load: () => dropout.seeds.flatMap(untypedDropoutSeries) },
];
