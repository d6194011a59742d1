// Why somebody should look at a sensor: a shape for each reason, so that colour is never the only sign.
import type { Need } from './fleet-row.ts';

export const needWords: Readonly<Record<Need, string>> = {
  fault: 'fault goes on',
  process: 'process event goes on',
  silent: 'silent',
  late: 'late',
  'gateway away': 'gateway away',
  maintenance: 'maintenance goes on',
  never: 'no reading yet',
  none: 'in order',
};

const shapes: Readonly<Record<Need, string>> = {
  fault: 'M2.5 2.5L11.5 11.5M2.5 11.5L11.5 2.5',
  process: 'M1 9C3 9 4 3 7 3S11 9 13 9',
  silent: 'M2 2H12V12H2z',
  late: 'M7 1.5L13 12.5H1z',
  'gateway away': 'M2 7H5M9 7H12M5 3.5V10.5M9 3.5V10.5',
  maintenance: 'M2.5 11.5L8 6M8 2.5a3 3 0 1 0 3.5 3.5',
  never: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
  none: 'M7 2a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
};

/** Inside a drawing or a line of text; words stand beside it. */
export function NeedMark({ need }: { readonly need: Need }) {
  return (
    <svg
      class={`need-mark need-${need.replace(' ', '-')}`}
      viewBox="0 0 14 14"
      width="14"
      height="14"
      aria-hidden="true"
    >
      <path d={shapes[need]} />
    </svg>
  );
}
