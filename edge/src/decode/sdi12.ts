// SDI-12 version 1.4, section 4.4 (commands and responses): the words of recorder and sensor.

export type Sdi12Kind = 'M' | 'C' | 'V';

export interface Sdi12Command {
  readonly kind: Sdi12Kind;
  readonly hasCrc: boolean;
  /** What goes over the line behind the address, without the `!`. */
  readonly text: string;
}

export interface Sdi12Start {
  /** The sensor needs so many seconds. */
  readonly seconds: number;
  /** And will then have so many values. */
  readonly count: number;
}

/** Reads `M`, `MC`, `C`, `CC2`, `V` and the like. */
export function parseCommand(text: string): Sdi12Command {
  return { kind: text[0] as Sdi12Kind, hasCrc: text[1] === 'C', text };
}

/**
 * The answer to a measurement command: `atttn` for M and V, `atttnn` for C. Undefined when it
 * is something else.
 */
export function parseStart(line: string, address: string, kind: Sdi12Kind): Sdi12Start | undefined {
  const parts = (kind === 'C' ? /^(.)(\d{3})(\d{2})$/ : /^(.)(\d{3})(\d)$/).exec(line);
  if (parts === null || parts[1] !== address) return undefined;
  return { seconds: Number(parts[2]), count: Number(parts[3]) };
}

/**
 * The values of a data answer: each a sign and up to seven digits with or without a point. Undefined
 * when the answer is not from this address, has anything else in it, or fails its CRC.
 */
export function parseValues(line: string, address: string, hasCrc: boolean): number[] | undefined {
  if (!line.startsWith(address)) return undefined;
  const end = hasCrc ? line.length - 3 : line.length;
  if (hasCrc && (end < 1 || line.slice(end) !== sdi12Crc(line.slice(0, end)))) return undefined;
  const text = line.slice(1, end);
  const values = text.match(/[+-](?:\d+\.?\d*|\.\d+)/g) ?? [];
  const isSound = values.join('') === text && values.every((value) => value.replace(/\D/g, '').length <= 7);
  return isSound ? values.map(Number) : undefined;
}

/** The three characters of the CRC: CRC-16 with A001 begun with 0, six bits a character. */
export function sdi12Crc(text: string): string {
  let crc = 0;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return String.fromCharCode(0x40 | (crc >>> 12), 0x40 | ((crc >>> 6) & 0x3f), 0x40 | (crc & 0x3f));
}

/** What a sensor says of itself in answer to `aI!`. */
export interface Sdi12Identity {
  readonly version: string;
  readonly maker: string;
  readonly model: string;
  readonly sensorVersion: string;
  readonly more: string;
}

/** Undefined when it is no identification of this address. */
export function parseIdentity(line: string, address: string): Sdi12Identity | undefined {
  const parts = /^(.)(\d\d)(.{8})(.{6})(.{3})(.{0,13})$/.exec(line);
  if (parts === null || parts[1] !== address) return undefined;
  const [, , version, maker, model, sensorVersion, more] = parts.map((part) => part.trim());
  return {
    version: `${version![0]}.${version![1]}`,
    maker: maker!,
    model: model!,
    sensorVersion: sensorVersion!,
    more: more!,
  };
}
