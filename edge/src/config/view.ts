import { lenient } from '@wellhead/host';
import { z } from 'zod';

const { keys, list, object, text } = lenient;

const edgeView = object({
  sensorTypes: list(text),
  sensors: list(
    object({
      id: text,
      type: text,
      quality: keys,
      mqtt: list(object({ topic: text, property: text, values: keys })).nullish(),
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
