// MQTT payloads to readings: a JSON object per reading, or a plain value for one property.
import type { Value } from '@wellhead/protocol';
import type { DeadLetterReason } from '../reading/raw-reading.ts';
import { readTime } from './time.ts';

/** Where in a JSON object the reading's time and values stand. */
export interface JsonMapping {
  readonly time: readonly (readonly string[])[];
  /** One path per property, in the order of the type's properties; undefined: not in this message. */
  readonly values: readonly (readonly string[] | undefined)[];
  /** All names the object may have, where it is made for us: others are told of. */
  readonly names?: ReadonlySet<string>;
}

export type Decoded =
  | {
      readonly measuredAt?: number;
      readonly values: (Value | undefined)[];
      /** Names in the object that nothing was made of. */
      readonly ignored?: readonly string[];
    }
  | { readonly reason: DeadLetterReason; readonly detail: string };

/** A sensor that names its time at all calls it one of these. */
export const usualTimeNames = [['measuredAt'], ['time'], ['timestamp']] as const;

export function decodeJson(payload: Uint8Array, mapping: JsonMapping): Decoded {
  let object: unknown;
  try {
    object = JSON.parse(asText(payload));
  } catch (error) {
    return { reason: 'bad-json', detail: (error as Error).message };
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    return { reason: 'bad-json', detail: 'a JSON object is expected' };
  }
  const values: (Value | undefined)[] = [];
  let named = 0;
  for (const path of mapping.values) {
    const value = path === undefined ? undefined : at(object, path);
    if (value === undefined) values.push(undefined);
    else if (value === null || typeof value !== 'object') {
      named++;
      values.push(value as Value);
    } else return { reason: 'bad-value', detail: `${path!.join('.')} is not a single value` };
  }
  if (named === 0)
    return { reason: 'no-value', detail: 'none of the properties of the sensor type is in the message' };
  for (const path of mapping.time) {
    const raw = at(object, path);
    if (raw === undefined) continue;
    const measuredAt = readTime(raw);
    if (measuredAt === undefined) return { reason: 'bad-time', detail: `${path.join('.')} is not a time` };
    return { measuredAt, values, ...ignoredIn(object, mapping.names) };
  }
  return { values, ...ignoredIn(object, mapping.names) };
}

function ignoredIn(object: object, names: ReadonlySet<string> | undefined): { ignored?: readonly string[] } {
  if (names === undefined) return {};
  const ignored = Object.keys(object).filter((name) => !names.has(name));
  return ignored.length === 0 ? {} : { ignored };
}

/** `12.3`, `true`, `"text"` and `(na)` alike: what JSON reads counts as JSON, the rest is text. */
export function decodePlain(payload: Uint8Array, property: number, width: number): Decoded {
  const text = asText(payload).trim();
  if (text === '') return { reason: 'no-value', detail: 'the message is empty' };
  const values = new Array<Value | undefined>(width).fill(undefined);
  values[property] = plainValue(text);
  return { values };
}

function plainValue(text: string): Value {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object') return value as Value;
  } catch {
    // Not JSON: instruments say (na) and the like; quality judges it.
  }
  return text;
}

function at(object: object, path: readonly string[]): unknown {
  let value: unknown = object;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function asText(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
}
