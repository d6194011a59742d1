// What no schema sees of a feed.
import { lenient } from '@wellhead/host';
import type { z } from 'zod';
import type { DriverCheck } from '../driver-entry.ts';

const view = lenient.object({ values: lenient.keys });

export const httpCheck: DriverCheck<z.output<typeof view>> = {
  view,
  *targets({ values }) {
    for (const name of values) yield [`values.${name}`, name];
  },
};
