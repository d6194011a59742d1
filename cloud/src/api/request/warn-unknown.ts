// Words in readings that this cloud does not know: taken all the same, but perhaps misspelt.
import type { SensorType } from '@wellhead/protocol';
import type { JsonReading } from '../../bridge/json-readings.ts';

/** The rest will be like them. */
const maxWarnings = 20;

/** One sentence for each sensor type and property that is not known, at most twenty of them. */
export function warnUnknown(
  readings: readonly JsonReading[],
  types: ReadonlyMap<string, SensorType>,
): string[] {
  const warnings = new Set<string>();
  for (const { type, values } of readings) {
    const known = types.get(type);
    if (known === undefined) warnings.add(`type: ${type} is no sensor type of this cloud`);
    else
      for (const property of Object.keys(values))
        if (!known.properties.some(({ name }) => name === property))
          warnings.add(`values.${property}: ${type} has no such property`);
    if (warnings.size >= maxWarnings) break;
  }
  return [...warnings].slice(0, maxWarnings);
}
