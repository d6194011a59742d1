// Batches that could be read and yet cannot be taken, with the reason: asked before anything is kept of them.
import type { Address } from '../message/topics.ts';
import type { Block } from '../reading/block.ts';

/** What every log and store can hold. Wider than the house's own names: a foreign gateway may name things its way. */
export const batchLimits = { nameLength: 128, rulesLength: 256, propertiesPerType: 512 } as const;

// Control characters; and lone halves of surrogate pairs, which have no UTF-8 form and would come back as others.
const unfit = /[\p{Cc}\p{Cs}]/u;
/** The furthest moment that a JavaScript Date (and so an ISO 8601 text) can name, in milliseconds. */
const furthestTime = 8.64e15;

/** A batch with its blocks decoded. */
export interface ReadableBatch extends Address {
  readonly origin: string;
  readonly blocks: readonly Block[];
}

/**
 * Why a batch cannot be taken although it could be read, in words for a dead letter; undefined where it can.
 * Asked before a batch enters the log: behind it, nobody could do anything about it.
 */
export function batchProblem(batch: ReadableBatch): string | undefined {
  const named =
    nameProblem('site', batch.site) ??
    nameProblem('gateway', batch.gateway) ??
    nameProblem('origin', batch.origin);
  if (named !== undefined) return named;
  for (const block of batch.blocks) {
    const problem = blockProblem(block);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function blockProblem(block: Block): string | undefined {
  const named =
    nameProblem('sensor', block.sensor) ??
    nameProblem('type', block.type) ??
    (block.rules === '' ? undefined : nameProblem('rules', block.rules, batchLimits.rulesLength));
  if (named !== undefined) return named;
  const { properties } = block;
  if (properties.length > batchLimits.propertiesPerType)
    return `${properties.length} properties are too many`;
  for (let p = 0; p < properties.length; p++) {
    const problem = nameProblem('property', properties[p]!);
    if (problem !== undefined) return problem;
    // An object's __proto__ cannot be set like other keys, so readings could not show it.
    if (properties[p] === '__proto__') return 'a property is named __proto__';
    if (properties.indexOf(properties[p]!) !== p) return `property ${properties[p]} is named twice`;
  }
  for (let i = 0; i < block.count; i++) {
    if (!Number.isSafeInteger(block.seqs[i])) return `seq ${block.seqs[i]} is no whole number`;
    if (!isTime(block.measuredAt[i]!)) return `measuredAt ${block.measuredAt[i]} is no time`;
    if (!isTime(block.receivedAt[i]!)) return `receivedAt ${block.receivedAt[i]} is no time`;
  }
  return undefined;
}

function nameProblem(
  what: string,
  name: string,
  longest: number = batchLimits.nameLength,
): string | undefined {
  if (name.length === 0) return `the ${what} has no name`;
  if (name.length > longest)
    return `the name of the ${what} is ${name.length} characters long, ${longest} at most`;
  if (unfit.test(name)) return `the name of the ${what} holds characters that are no text`;
  return undefined;
}

function isTime(value: number): boolean {
  return value >= -furthestTime && value <= furthestTime;
}
