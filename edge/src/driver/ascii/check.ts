// What no schema sees of a sensor that speaks in lines of text.
import { lenient } from '@wellhead/host';
import type { z } from 'zod';
import type { DriverCheck } from '../driver-entry.ts';

const { list, object, text } = lenient;
const view = object({ bus: text, request: text, pattern: text, fields: list(text), time: text });

export const asciiCheck: DriverCheck<z.output<typeof view>> = {
  view,
  *targets({ fields, pattern, time }) {
    for (const [f, name] of fields.entries()) if (name !== '-' && name !== time) yield [`fields.${f}`, name];
    for (const [, name] of (pattern ?? '').matchAll(/\(\?<([A-Za-z_]\w*)>/g))
      if (name !== time) yield ['pattern', name];
  },
  *lists({ fields }) {
    yield ['fields', fields];
  },
  occupies: ({ bus, request }) => ({
    bus,
    address: request === undefined ? undefined : `request ${JSON.stringify(request)}`,
  }),
};
