import { lenient } from '@wellhead/host';
import { z } from 'zod';

const { keys, list, object, text } = lenient;

const number = z.number().optional().catch(undefined);

const columnNames = z.preprocess(
  (columns) => (typeof columns === 'string' ? columns.split(',') : columns),
  z.array(z.string().trim()).catch([]),
);

const edgeView = object({
  buses: list(
    object({ id: text, serial: object({ path: text }), tcp: object({ host: text, port: number }) }),
  ),
  sensorTypes: list(text),
  sensors: list(
    object({
      id: text,
      type: text,
      quality: keys,
      mqtt: list(object({ topic: text, property: text, values: keys })).nullish(),
      modbus: object({ bus: text, unit: number, registers: list(object({ property: text })) }).optional(),
      sdi12: object({ bus: text, address: text, values: list(text) }).optional(),
      ascii: object({ bus: text, request: text, pattern: text, fields: list(text), time: text }).optional(),
      http: object({ values: keys }).optional(),
      file: object({ values: keys, columns: columnNames }).optional(),
    }),
  ),
  broker: object({ host: text, users: z.unknown().optional() }),
});

/** What the cross-checks look at, as far as it is there. */
export type EdgeView = z.infer<typeof edgeView>;
export type SensorView = EdgeView['sensors'][number];

export function readEdgeView(document: unknown): EdgeView {
  return edgeView.parse(document);
}
