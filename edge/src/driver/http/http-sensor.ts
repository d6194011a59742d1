// A feed that is asked for its readings: what is new in it is taken, in its order and at its own times.
import type { SensorType } from '@wellhead/protocol';
import { type FeedRecord, readFeed } from '../../decode/feed.ts';
import type { BadInput, RawReading } from '../../reading/raw-reading.ts';
import type { SourceHost } from '../../reading/sensor-driver.ts';
import type { PolledDevice } from '../poll/poll.ts';
import { type Answer, ask } from './ask.ts';
import type { HttpConfig } from './credentials.ts';
import { feedQuestion } from './feed-question.ts';
import { feedMapping } from './mapping.ts';
import { isBusy, ServerRetryPolicy } from './server-retry-policy.ts';
import { TakenTimes } from './taken.ts';

export interface HttpSensor {
  readonly id: string;
  readonly type: SensorType;
  readonly http: HttpConfig;
}

/** More bad answers and records than this in a row would only push out other dead letters. */
const worthKeeping = 20;

/** The feed as the poller sees it. `beside`: the path of what the configuration names relative to itself. */
export function httpDevice(
  { id, type, http }: HttpSensor,
  host: SourceHost,
  beside: (path: string) => string,
): PolledDevice {
  const mapping = feedMapping(http, type);
  const retryPolicy = new ServerRetryPolicy(host.random);
  const taken = new TakenTimes();
  let isRestored = false;
  let validators: Record<string, string> = {};
  /** Records of the last body that were no readings: they are told of once. */
  let refusedBefore = new Set<string>();
  let badInRow = 0;

  const refuse = async (input: Omit<BadInput, 'source' | 'payload'>, text: string) => {
    if (++badInRow > worthKeeping) return host.count('lines_dropped_total', 1, id);
    await host.intake.refuse({ source: id, ...input, payload: Buffer.from(text) });
  };

  const request = async (signal: AbortSignal): Promise<Answer> =>
    ask(await feedQuestion(http, beside, validators), signal);

  /** The readings that are new, in their order; what is none goes to the dead letters, once. */
  const pick = async (records: readonly FeedRecord[]): Promise<RawReading[]> => {
    const readings: RawReading[] = [];
    const refused = new Set<string>();
    for (const { decoded, text } of records) {
      if ('reason' in decoded) {
        const said = text();
        if (!refused.has(said) && !refusedBefore.has(said)) await refuse(decoded, said);
        refused.add(said);
      } else readings.push({ sensor: id, ...decoded });
    }
    refusedBefore = refused;
    const timed = readings.filter(({ measuredAt }) => measuredAt !== undefined);
    // Readings without a time cannot be told apart: the last one is what the source says now.
    if (timed.length === 0) return readings.slice(-1);
    return timed.filter(({ measuredAt }) => !taken.has(measuredAt!));
  };

  let times: number[] = [];
  return {
    sensor: id,
    plan: {
      everyMs: http.every ?? type.interval,
      offsetMs: http.offset,
      timeoutMs: http.timeout,
      retries: http.retries,
    },
    async measure(signal) {
      const left = retryPolicy.left(host.now());
      if (left > 0) {
        host.count('requests_deferred_total', 1, id);
        throw new Error(`the server asked to be left alone for another ${Math.ceil(left / 1_000)} s`);
      }
      if (!isRestored) taken.restore(await host.checkpoints.read(id));
      isRestored = true;
      const answer = await request(signal);
      const { status, headers, body } = answer;
      if (isBusy(status)) {
        retryPolicy.refused(headers.get('retry-after'), host.now());
        throw new Error(`the server answered ${status}`);
      }
      retryPolicy.answered();
      if (status === 304) {
        host.count('answers_unchanged_total', 1, id);
        return undefined;
      }
      if (body === undefined) throw new Error(`the server answered ${status}`);
      const records = readFeed(body, mapping, type);
      if ('reason' in records) {
        const detail = `${records.detail} (${headers.get('content-type') ?? 'no content type'})`;
        await refuse({ reason: records.reason, detail }, body);
        throw new Error(detail);
      }
      const readings = await pick(records);
      if (records.length > 0 && refusedBefore.size < records.length) badInRow = 0;
      // Only now: what could not be read is asked for again.
      validators = validatorsOf(headers);
      times = records.flatMap(({ decoded }) =>
        'reason' in decoded || decoded.measuredAt === undefined ? [] : [decoded.measuredAt],
      );
      return readings;
    },
    async kept() {
      if (times.length === 0) return;
      taken.set(times);
      await host.checkpoints.write(id, taken.bytes());
    },
  };
}

function validatorsOf(headers: Headers): Record<string, string> {
  const tag = headers.get('etag');
  const modified = headers.get('last-modified');
  return {
    ...(tag === null ? {} : { 'if-none-match': tag }),
    ...(modified === null ? {} : { 'if-modified-since': modified }),
  };
}
