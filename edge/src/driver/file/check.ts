// What no schema sees of a file that a logger appends to.
import { lenient } from '@wellhead/host';
import { z } from 'zod';
import type { DriverCheck } from '../driver-entry.ts';

const columnNames = z.preprocess(
  (columns) => (typeof columns === 'string' ? columns.split(',') : columns),
  z.array(z.string().trim()).catch([]),
);
const view = lenient.object({ values: lenient.keys, columns: columnNames });

/** What else the columns of a file may be. */
const notProperties = new Set(['-', 'date', 'time']);

export const fileCheck: DriverCheck<z.output<typeof view>> = {
  view,
  *targets({ values, columns }) {
    for (const name of values) yield [`values.${name}`, name];
    for (const [c, name] of columns.entries()) if (!notProperties.has(name)) yield [`columns.${c}`, name];
  },
  *lists({ columns }) {
    yield ['columns', columns];
  },
};
