// From the broker to the log: decode, check who speaks for whom, append, give the receipt.
import {
  type Address,
  batchProblem,
  decodeBatch,
  decodeBlock,
  describeIssues,
  encodeBatch,
  encodeBlock,
  isNamedOrigin,
  ledgerSchema,
  maxBlocksPerBatch,
  originOfName,
  parseTopic,
  type Range,
  type Receipt,
  rangesOf,
  statusSchema,
  topicOf,
  WellheadError,
} from '@wellhead/protocol';
import type { z } from 'zod';
import type { ReadingLog } from '../log/reading-log.ts';
import type { DeadLetterReason, DeadLetters } from './dead-letters.ts';
import type { Gateways } from './gateways.ts';
import { readJsonReadings } from './json-readings.ts';

export interface BridgeOptions {
  readonly log: ReadingLog;
  readonly deadLetters: DeadLetters;
  readonly gateways: Gateways;
  readonly publish: (topic: string, payload: string) => void;
  readonly now: () => number;
  readonly count: (name: BridgeCounter, amount?: number) => void;
}

export type BridgeCounter = 'batches_accepted_total' | 'readings_logged_total' | 'log_writes_failed_total';

/**
 * Takes one message of the cloud side. Resolves when it may be acknowledged: it is durable, kept as a dead
 * letter, or of no concern. Rejects with LOG_WRITE when it must come again.
 */
export type Bridge = (topic: string, payload: Uint8Array) => Promise<void>;

export function createBridge(options: BridgeOptions): Bridge {
  const { log, deadLetters, gateways, publish, now, count } = options;

  async function append(batch: Uint8Array, readings: number): Promise<void> {
    try {
      await log.append(batch);
    } catch (error) {
      count('log_writes_failed_total');
      throw error;
    }
    count('batches_accepted_total');
    count('readings_logged_total', readings);
  }

  async function takeBatch(address: Address, payload: Uint8Array): Promise<DeadEnd | undefined> {
    const checked = checkBatch(address, payload);
    if ('reason' in checked) return checked;
    await append(payload, checked.readings);
    publish(topicOf(address, 'receipt'), JSON.stringify(checked.receipt));
    return undefined;
  }

  async function takeJson(address: Address, payload: Uint8Array): Promise<DeadEnd | undefined> {
    const read = readJsonReadings(payload, now());
    if ('problem' in read) return { reason: 'bad-json', detail: read.problem };
    const origin = originOfName(address.site, address.gateway);
    const appends: Promise<void>[] = [];
    for (let i = 0; i < read.blocks.length; i += maxBlocksPerBatch) {
      const part = read.blocks.slice(i, i + maxBlocksPerBatch);
      const batch = encodeBatch({ ...address, origin, lane: 'live', blocks: part.map(encodeBlock) });
      appends.push(
        append(
          batch,
          part.reduce((sum, block) => sum + block.count, 0),
        ),
      );
    }
    await Promise.all(appends);
    return undefined;
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

  return async (topic, payload) => {
    const parsed = parseTopic(topic);
    if (parsed === undefined) {
      const detail =
        'no topic of Wellhead: gateways write wellhead/1/<site>/<gateway>/data, and sensors to a gateway';
      await deadLetters.keep({ topic, payload, reason: 'unknown-topic', detail });
      return;
    }
    let end: DeadEnd | undefined;
    switch (parsed.kind) {
      case 'data':
        end = await takeBatch(parsed, payload);
        break;
      case 'json':
        end = await takeJson(parsed, payload);
        break;
      case 'status':
        end = await takeWord(statusSchema, 'bad-status', payload, (status) =>
          gateways.note(parsed, now(), { status }),
        );
        break;
      case 'ledger':
        end = await takeWord(ledgerSchema, 'bad-ledger', payload, (ledger) =>
          gateways.note(parsed, now(), { ledger }),
        );
        break;
      default:
        return;
    }
    if (end !== undefined) await deadLetters.keep({ topic, payload, ...end });
  };
}

interface DeadEnd {
  readonly reason: DeadLetterReason;
  readonly detail: string;
}

interface CheckedBatch {
  readonly receipt: Receipt;
  readonly readings: number;
}

/** Every block is read in full here: what gets a receipt must be readable for every consumer of the log. */
function checkBatch(address: Address, payload: Uint8Array): CheckedBatch | DeadEnd {
  try {
    const batch = decodeBatch(payload);
    if (batch.site !== address.site || batch.gateway !== address.gateway) {
      return {
        reason: 'foreign-address',
        detail: `the batch says it is from ${batch.site}/${batch.gateway}`,
      };
    }
    if (isNamedOrigin(batch.origin)) {
      // Its keys are made here, from JSON readings; taken from outside, they could keep true readings out.
      return { reason: 'bad-batch', detail: `the origin ${batch.origin} is not a journal's` };
    }
    const blocks = batch.blocks.map(decodeBlock);
    const problem = batchProblem({ ...batch, blocks });
    if (problem !== undefined) return { reason: 'bad-batch', detail: problem };
    const ranges: [string, number, number][] = [];
    let readings = 0;
    for (const block of blocks) {
      readings += block.count;
      for (const [from, to] of rangesOf(block.seqs) as Range[]) ranges.push([block.sensor, from, to]);
    }
    return { receipt: { origin: batch.origin, ranges }, readings };
  } catch (error) {
    if (error instanceof WellheadError)
      return { reason: 'bad-batch', detail: `${error.code}: ${error.message}` };
    throw error;
  }
}

const maxProblemsTold = 10;

function readJson<T>(schema: z.ZodType<T>, payload: Uint8Array): { word: T } | { problem: string } {
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(payload).toString()));
    if (parsed.success) return { word: parsed.data };
    return { problem: describeIssues(parsed.error).slice(0, maxProblemsTold).join('; ') };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: error.message };
  }
}
