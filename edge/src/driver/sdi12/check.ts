// What no schema sees of a sensor read by SDI-12.
import { lenient } from '@wellhead/host';
import type { z } from 'zod';
import type { DriverCheck } from '../driver-entry.ts';

const { list, object, text } = lenient;
const view = object({ bus: text, address: text, values: list(text) });

export const sdi12Check: DriverCheck<z.output<typeof view>> = {
  view,
  *targets({ values }) {
    for (const [v, name] of values.entries()) if (name !== '-') yield [`values.${v}`, name];
  },
  *lists({ values }) {
    yield ['values', values];
  },
  occupies: ({ bus, address }) => ({ bus, address: `address ${address ?? '0'}` }),
};
