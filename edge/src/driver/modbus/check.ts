// What no schema sees of a sensor read by Modbus.
import { lenient } from '@wellhead/host';
import { z } from 'zod';
import type { DriverCheck } from '../driver-entry.ts';

const { list, object, text } = lenient;
const number = z.number().optional().catch(undefined);
const view = object({ bus: text, unit: number, registers: list(object({ property: text })) });

export const modbusCheck: DriverCheck<z.output<typeof view>> = {
  view,
  *targets({ registers }) {
    for (const [r, { property }] of registers.entries()) yield [`registers.${r}.property`, property];
  },
  *lists({ registers }) {
    yield ['registers', registers.map(({ property }) => property)];
  },
  occupies: ({ bus, unit }) => ({ bus, address: `unit ${unit ?? 1}` }),
  *onBus({ unit }, { isSerial }) {
    // Modbus over Serial Line V1.02, 2.2: 0 is a broadcast that nobody answers, 248 to 255 are reserved.
    if (unit !== undefined && (unit < 1 || unit > 247) && isSerial)
      yield `unit: ${unit} cannot answer on a serial line; units are 1 to 247`;
  },
};
