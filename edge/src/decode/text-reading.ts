// Frames of text to readings: by a regular expression with named groups, or by fields between delimiters.
import type { SensorType, Value } from '@wellhead/protocol';
import type { Decoded } from './message.ts';
import { readTime } from './time.ts';

export interface TextMapping {
  readonly checksum: 'none' | 'nmea';
  readonly pattern?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly fields?: readonly string[] | undefined;
  /** The group or field that is the time. */
  readonly time?: string | undefined;
}

/** Reads frames of one sensor; made once, because the expression is compiled. */
export type ReadText = (frame: string) => Decoded;

export function createTextReader(type: SensorType, mapping: TextMapping): ReadText {
  const split = mapping.pattern === undefined ? byFields(mapping) : byPattern(mapping.pattern);
  return (frame) => {
    // Noise of a cable shows as control characters sooner than as anything else.
    if (hasControl(frame.trim())) return bad('a control character is in the frame');
    const body = mapping.checksum === 'nmea' ? withoutChecksum(frame) : frame;
    if (body === undefined) return bad('the checksum is missing or wrong');
    const parts = split(body);
    if (parts === undefined) return bad('the frame is not as configured');
    return readingOf(type, parts, mapping.time);
  };
}

function bad(detail: string): Decoded {
  return { reason: 'bad-frame', detail };
}

type Parts = ReadonlyMap<string, string | undefined>;

function byPattern(source: string): (body: string) => Parts | undefined {
  const pattern = new RegExp(source, 'u');
  return (body) => {
    const match = pattern.exec(body);
    return match === null ? undefined : new Map(Object.entries(match.groups ?? {}));
  };
}

function byFields({ delimiter = ',', fields }: TextMapping): (body: string) => Parts | undefined {
  const names = fields ?? [];
  return (body) => {
    const parts = body.trim().split(delimiter);
    // A field too many or too few, and every position may mean something else.
    if (parts.length !== names.length) return undefined;
    return new Map(names.map((name, i) => [name, parts[i]]));
  };
}

function readingOf(type: SensorType, parts: Parts, time: string | undefined): Decoded {
  const values: (Value | undefined)[] = [];
  let named = 0;
  for (const property of type.properties) {
    const part = property.name === time ? undefined : parts.get(property.name)?.trim();
    if (part === undefined) {
      values.push(undefined);
      continue;
    }
    const value = readPart(part, property);
    if (value === undefined) return { reason: 'bad-value', detail: `${property.name} is "${part}"` };
    values.push(value);
    named++;
  }
  if (named === 0) return { reason: 'no-value', detail: 'none of the properties is in the frame' };
  if (time === undefined) return { values };
  const said = parts.get(time)?.trim() ?? '';
  const measuredAt = readTime(/^\d+(\.\d+)?$/.test(said) ? Number(said) : said);
  return measuredAt === undefined
    ? { reason: 'bad-time', detail: `${time} is "${said}"` }
    : { measuredAt, values };
}

type Property = SensorType['properties'][number];

/** Numbers are numbers; text counts only where the property is text or the type knows it for "no value". */
function readPart(part: string, { kind, missing }: Property): Value | undefined {
  if (part === '' || missing.some((code) => String(code) === part)) return part === '' ? null : part;
  if (kind === undefined || kind === 'number')
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(part) ? Number(part) : undefined;
  if (kind === 'boolean')
    return part === 'true' || part === '1' ? true : part === 'false' || part === '0' ? false : undefined;
  return part;
}

/** NMEA 0183: `$…*hh`, the exclusive or of all characters between `$` and `*`. */
function withoutChecksum(frame: string): string | undefined {
  const parts = /^[$!](.*)\*([0-9A-Fa-f]{2})$/.exec(frame.trim());
  if (parts === null) return undefined;
  let sum = 0;
  for (const character of parts[1]!) sum ^= character.charCodeAt(0);
  return sum === Number.parseInt(parts[2]!, 16) ? parts[1] : undefined;
}

function hasControl(frame: string): boolean {
  for (let i = 0; i < frame.length; i++) {
    const code = frame.charCodeAt(i);
    if ((code < 0x20 && code !== 0x09) || (code > 0x7e && code < 0xa0)) return true;
  }
  return false;
}
