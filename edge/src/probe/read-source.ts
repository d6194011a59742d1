// One sensor of a configuration file that reads a feed or a file, read once as the gateway would, raw text beside it.
import { open } from 'node:fs/promises';
import { type SensorType, WellheadError } from '@wellhead/protocol';
import { loadEdgeConfig } from '../config/load.ts';
import { readFeed } from '../decode/feed.ts';
import { cutLines } from '../driver/file/cut-lines.ts';
import { type FileConfig, fileMapping } from '../driver/file/mapping.ts';
import { createLineReader } from '../driver/file/read-line.ts';
import { ask } from '../driver/http/ask.ts';
import type { HttpConfig } from '../driver/http/credentials.ts';
import { feedQuestion } from '../driver/http/feed-question.ts';
import { feedMapping } from '../driver/http/mapping.ts';
import type { Print } from './open-line.ts';
import { showReading } from './show.ts';

export interface SourceToRead {
  readonly kind: 'http' | 'file';
  readonly file: string;
  readonly id: string;
}

/** Of a long answer this much is shown; of a long file, the beginning and the end are read. */
const shownCharacters = 4_000;
const readBytes = 64 * 1024;

/**
 * Shows the newest reading of this sensor, and the text it is in. Returns whether there was one. Nothing is written:
 * the gateway takes the same reading again.
 * @throws ConfigError; WellheadError CONFIG_INVALID when the file has no such sensor of this kind
 */
export async function readConfiguredSource(
  { kind, file, id }: SourceToRead,
  { print, signal }: { readonly print: Print; readonly signal: AbortSignal },
): Promise<boolean> {
  const { config, types, beside } = loadEdgeConfig(file);
  const sensor = config.sensors.find((one) => one.id === id);
  const type = types.get(sensor?.type ?? '');
  try {
    if (kind === 'http' && sensor?.http !== undefined)
      return await readFromFeed(sensor.http, type!, { beside, print, signal });
    if (kind === 'file' && sensor?.file !== undefined)
      return await readFromFile({ ...sensor.file, path: beside(sensor.file.path) }, type!, print);
  } catch (error) {
    print(`no reading: ${(error as Error).message}`);
    return false;
  }
  const known = config.sensors.flatMap((one) => (one[kind] === undefined ? [] : [one.id]));
  throw new WellheadError('CONFIG_INVALID', `${file} has no sensor ${id} with ${kind}`, {
    hint: `Sensors with ${kind} there: ${known.join(', ') || 'none'}.`,
  });
}

interface FeedTools {
  readonly beside: (path: string) => string;
  readonly print: Print;
  readonly signal: AbortSignal;
}

async function readFromFeed(
  http: HttpConfig,
  type: SensorType,
  { beside, print, signal }: FeedTools,
): Promise<boolean> {
  const { status, headers, body } = await ask(await feedQuestion(http, beside), signal);
  print(`the server answered ${status}, ${headers.get('content-type') ?? 'no content type'}`);
  if (body === undefined) return false;
  print(body.slice(0, shownCharacters));
  if (body.length > shownCharacters) print(`… and ${body.length - shownCharacters} characters more`);
  const records = readFeed(body, feedMapping(http, type), type);
  if ('reason' in records) {
    print(`no reading: ${records.detail}`);
    return false;
  }
  const readings = records.flatMap(({ decoded }) => {
    if (!('reason' in decoded)) return [decoded];
    print(`not a reading: ${decoded.detail}`);
    return [];
  });
  print(`readings in the answer: ${readings.length}`);
  return showReading(readings.at(-1), type, print);
}

async function readFromFile(config: FileConfig, type: SensorType, print: Print): Promise<boolean> {
  const { lines, size } = await linesOf(config);
  print(`${config.path} has ${size} bytes`);
  const readLine = createLineReader({ type, mapping: fileMapping(config, type), skip: config.skip });
  const beginning = { line: 0, hasRows: false };
  const read = lines.map((text) => ({ text, decoded: readLine(text, beginning) }));
  const newest = read.findLast(({ decoded }) => decoded !== undefined && !('reason' in decoded));
  const last = read.findLast(({ decoded }) => decoded !== undefined);
  for (const line of new Set([last, newest]))
    if (line?.decoded !== undefined && 'reason' in line.decoded)
      print(`${line.text}\nnot a reading: ${line.decoded.detail}`);
  if (newest !== undefined) print(newest.text);
  return showReading(
    newest?.decoded === undefined || 'reason' in newest.decoded ? undefined : newest.decoded,
    type,
    print,
  );
}

/** The finished lines at both ends of the file; what stands between them is passed over. */
async function linesOf({ path, encoding, maxLine }: FileConfig): Promise<{ lines: string[]; size: number }> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const part = async (from: number) => {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(readBytes), 0, readBytes, from);
      const { lines } = cutLines(buffer.subarray(0, bytesRead), maxLine, 0);
      return lines.map(({ bytes }) => Buffer.from(bytes).toString(encoding === 'latin1' ? 'latin1' : 'utf8'));
    };
    const head = await part(0);
    if (size <= readBytes) return { lines: head, size };
    // The first line there began before.
    return { lines: [...head, ...(await part(size - readBytes)).slice(1)], size };
  } finally {
    await handle.close();
  }
}
