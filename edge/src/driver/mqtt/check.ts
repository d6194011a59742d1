// What no schema sees of a sensor that publishes by MQTT.
import { lenient } from '@wellhead/host';
import type { z } from 'zod';
import type { DriverCheck } from '../driver-entry.ts';

const { keys, list, object, text } = lenient;
const view = list(object({ topic: text, property: text, values: keys }));

export const mqttCheck: DriverCheck<z.output<typeof view>> = {
  view,
  *targets(sources) {
    for (const [s, { values, property }] of sources.entries()) {
      for (const name of values) yield [String(s), name];
      if (property !== undefined) yield [String(s), property];
    }
  },
};
