// How a property is drawn, by what it is: depths downwards, rain as bars from above, everything else as a line.
import type { PropertyAnswer } from '../../../src/api/answer/answers.ts';

export type ChartShape = 'line' | 'depth' | 'rain';

export function shapeOf({ name, unit }: Pick<PropertyAnswer, 'name' | 'unit'>): ChartShape {
  // A depth grows downwards: drawn upwards, a falling water table would look like a rising one.
  if (/below|\bdepth\b/i.test(unit ?? '') || /(^|_)(depth|below)(_|$)/.test(name)) return 'depth';
  if (/^(mm|in)$/.test(unit ?? '') && /rain|precipitation/.test(name)) return 'rain';
  return 'line';
}
