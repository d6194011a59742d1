// One message into the log: decode, check who speaks for whom, append, give the receipt. Or say why not.
import {
  type Address,
  describeIssues,
  encodeBatch,
  encodeBlock,
  groupBy,
  hourMs,
  type Lane,
  laneOf,
  ledgerSchema,
  maxBlocksPerBatch,
  originOfName,
  parseTopic,
  statusSchema,
  topicOf,
} from '@wellhead/protocol';
import type { z } from 'zod';
import type { DeadEnd, DeadLetterReason } from '../dead-letter/dead-letters.ts';
import type { Gateways } from '../fleet/gateways.ts';
import type { ReadingLog } from '../log/reading-log.ts';
import { checkBatch } from './check-batch.ts';
import { blocksOfJson, type JsonReading, readJsonReadings } from './json-readings.ts';

export interface IntakeOptions {
  readonly log: ReadingLog;
  readonly gateways: Gateways;
  readonly publish: (topic: string, payload: string) => void;
  readonly now: () => number;
  readonly count: (name: IntakeCounter, amount?: number) => void;
}

export type IntakeCounter = 'batches_accepted_total' | 'readings_logged_total' | 'log_writes_failed_total';

export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** It is a batch that this cloud had logged once, and not the word of whoever publishes. */
  readonly wasLogged?: boolean;
}

export interface Intake {
  /**
   * Takes one message of the cloud side. Resolves with nothing when it is durable or of no concern, else with why it
   * cannot be taken. Rejects with LOG_WRITE when it must come again.
   */
  take(message: Message): Promise<DeadEnd | undefined>;
  /** Resolves when the readings are durable, under keys made of address and time. Rejects with LOG_WRITE. */
  append(address: Address, readings: readonly JsonReading[]): Promise<void>;
}

/** As gateways have it unless they are told otherwise: what was measured before is historical. */
const freshForMs = 2 * hourMs;

export function createIntake({ log, gateways, publish, now, count }: IntakeOptions): Intake {
  async function appendBatch(batch: Uint8Array, readings: number): Promise<void> {
    try {
      await log.append(batch);
    } catch (error) {
      count('log_writes_failed_total');
      throw error;
    }
    count('batches_accepted_total');
    count('readings_logged_total', readings);
  }

  async function takeBatch(
    address: Address,
    payload: Uint8Array,
    wasLogged: boolean,
  ): Promise<DeadEnd | undefined> {
    const checked = checkBatch(address, payload, { wasLogged });
    if ('reason' in checked) return checked;
    await appendBatch(payload, checked.readings);
    if (checked.receipt !== undefined) publish(topicOf(address, 'receipt'), JSON.stringify(checked.receipt));
    return undefined;
  }

  async function takeJson(address: Address, payload: Uint8Array): Promise<DeadEnd | undefined> {
    const read = readJsonReadings(payload);
    if ('problem' in read) return { reason: 'bad-json', detail: read.problem };
    await append(address, read.readings);
    return undefined;
  }

  async function append(address: Address, readings: readonly JsonReading[]): Promise<void> {
    const receivedAt = now();
    const origin = originOfName(address.site, address.gateway);
    const appends: Promise<void>[] = [];
    for (const [lane, ofLane] of byLane(readings, receivedAt)) {
      const blocks = blocksOfJson(ofLane, receivedAt);
      for (let i = 0; i < blocks.length; i += maxBlocksPerBatch) {
        const part = blocks.slice(i, i + maxBlocksPerBatch);
        const batch = encodeBatch({ ...address, origin, lane, blocks: part.map(encodeBlock) });
        appends.push(
          appendBatch(
            batch,
            part.reduce((sum, block) => sum + block.count, 0),
          ),
        );
      }
    }
    await Promise.all(appends);
  }

  async function takeWord<T>(
    schema: z.ZodType<T>,
    reason: DeadLetterReason,
    payload: Uint8Array,
    note: (word: T) => Promise<void>,
  ): Promise<DeadEnd | undefined> {
    const read = readJson(schema, payload);
    if ('problem' in read) return { reason, detail: read.problem };
    await note(read.word);
    return undefined;
  }

  async function take({ topic, payload, wasLogged = false }: Message): Promise<DeadEnd | undefined> {
    const parsed = parseTopic(topic);
    switch (parsed?.kind) {
      case undefined:
        return {
          reason: 'unknown-topic',
          detail:
            'no topic of Wellhead: gateways write wellhead/1/<site>/<gateway>/data, and sensors to a gateway',
        };
      case 'data':
        return takeBatch(parsed!, payload, wasLogged);
      case 'json':
        return takeJson(parsed!, payload);
      case 'status':
        return takeWord(statusSchema, 'bad-status', payload, (status) =>
          gateways.note(parsed!, now(), { status }),
        );
      case 'ledger':
        return takeWord(ledgerSchema, 'bad-ledger', payload, (ledger) =>
          gateways.note(parsed!, now(), { ledger }),
        );
      default:
        return undefined;
    }
  }

  return { take, append };
}

/** Each by its own time: a list may bring a month of readings together with the newest. */
function byLane(readings: readonly JsonReading[], now: number): ReadonlyMap<Lane, JsonReading[]> {
  return groupBy(readings, ({ measuredAt }) => laneOf(Date.parse(measuredAt), now, freshForMs));
}

const maxProblemsReported = 10;

function readJson<T>(schema: z.ZodType<T>, payload: Uint8Array): { word: T } | { problem: string } {
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(payload).toString()));
    if (parsed.success) return { word: parsed.data };
    return { problem: describeIssues(parsed.error).slice(0, maxProblemsReported).join('; ') };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: error.message };
  }
}
