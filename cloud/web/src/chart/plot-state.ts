// What a plot shows at the moment: drawn anew from it each time.
import type { Series } from '../series/series.ts';
import type { ChartAnnotation } from './chart-annotation.ts';
import type { ChartDip } from './chart-dip.ts';
import type { ChartEvent } from './chart-event.ts';
import type { ChartShape } from './shape-of.ts';
import type { Theme } from './theme.ts';

export interface PlotState {
  readonly series: Series;
  readonly theme: Theme;
  /** Milliseconds since 1970. */
  readonly bounds: { readonly from: number; readonly to: number };
  readonly yRange: readonly [number, number];
  readonly shape: ChartShape;
  /** IANA name. */
  readonly zone: string;
  readonly events: readonly ChartEvent[];
  readonly annotations: readonly ChartAnnotation[];
  readonly dips: readonly ChartDip[];
  /** Bounds of what is plausible. */
  readonly band: readonly [number, number] | undefined;
  /** The usual time between two readings. */
  readonly stepMs: number;
}
