// What must hold of readings in every order: the account that a world is checked against.
import { type Block, decodeBlock, type Range, RangeSet, rowsOf } from '@wellhead/protocol';

/** Sensors and their seqs, each with the number that its reading carries as value. */
class Readings {
  readonly #ids = new Map<string, Map<number, number>>();

  of(sensor: string): Map<number, number> {
    let ids = this.#ids.get(sensor);
    if (ids === undefined) {
      ids = new Map();
      this.#ids.set(sensor, ids);
    }
    return ids;
  }
}

export class Account {
  readonly acknowledged = new Readings();
  readonly #cloud = new Readings();
  /** Blocks that the world damaged. */
  readonly #damaged = new Map<string, RangeSet>();
  /** What the cloud lost after it had given a receipt. */
  readonly #forgotten = new Map<string, RangeSet>();
  /** Forgotten by the cloud and promised again by the gateway. */
  readonly #promised = new Map<string, RangeSet>();
  #ids = 0;

  newId(): number {
    return ++this.#ids;
  }

  acknowledge(sensor: string, seq: number, id: number): void {
    const ids = this.acknowledged.of(sensor);
    if (ids.has(seq)) throw new Error(`${sensor} ${seq} was given twice`);
    ids.set(seq, id);
  }

  /** The cloud takes a block. @returns its range */
  store(bytes: Uint8Array): [sensor: string, from: number, to: number] {
    const block = decodeBlock(bytes);
    const ids = this.#cloud.of(block.sensor);
    for (const { seq, values } of rowsOf(block)) {
      const id = Number(values[0]);
      if (ids.has(seq) && ids.get(seq) !== id)
        throw new Error(`${block.sensor} ${seq} was sent with another content`);
      ids.set(seq, id);
      setOf(this.#promised, block.sensor).remove(seq, seq);
    }
    return [block.sensor, block.seqs[0]!, block.seqs.at(-1)!];
  }

  isStored(sensor: string, seq: number): boolean {
    return this.#cloud.of(sensor).has(seq);
  }

  forget(sensor: string, [from, to]: Range): void {
    setOf(this.#forgotten, sensor).add(from, to);
    for (let seq = from; seq <= to; seq++) this.#cloud.of(sensor).delete(seq);
  }

  /** The gateway says that it sends these again. */
  promise(sensor: string, from: number, to: number): void {
    setOf(this.#promised, sensor).add(from, to);
  }

  /** A request that is not synced need not outlive the gateway. */
  releasePromises(): void {
    this.#promised.clear();
  }

  /** Forgotten by the cloud, and the gateway need not have it any more. */
  isExcused(sensor: string, seq: number): boolean {
    return setOf(this.#forgotten, sensor).has(seq) && !setOf(this.#promised, sensor).has(seq);
  }

  damage(block: Block): void {
    setOf(this.#damaged, block.sensor).add(block.seqs[0]!, block.seqs.at(-1)!);
  }

  isDamaged(sensor: string, seq: number): boolean {
    return setOf(this.#damaged, sensor).has(seq);
  }

  /** No reading has two seqs, in the cloud or in what was acknowledged. */
  checkNothingDoubled(sensor: string): void {
    for (const ids of [this.#cloud.of(sensor), this.acknowledged.of(sensor)]) {
      const seqs = new Map<number, number>();
      for (const [seq, id] of ids) {
        if (seqs.has(id))
          throw new Error(`reading ${id} of ${sensor} is doubled: ${seqs.get(id)} and ${seq}`);
        seqs.set(id, seq);
      }
    }
    for (const [seq, id] of this.acknowledged.of(sensor)) {
      const stored = this.#cloud.of(sensor).get(seq);
      if (stored !== undefined && stored !== id)
        throw new Error(`${sensor} ${seq} changed: ${id} became ${stored}`);
    }
  }
}

function setOf(sets: Map<string, RangeSet>, sensor: string): RangeSet {
  let set = sets.get(sensor);
  if (set === undefined) {
    set = new RangeSet();
    sets.set(sensor, set);
  }
  return set;
}

/** The seqs that stand in these blocks, and what their readings carry; a block that cannot be read has none. */
export function readable(blocks: readonly { readonly bytes: Uint8Array }[]): Map<number, number> {
  const ids = new Map<number, number>();
  for (const { bytes } of blocks) {
    let block: Block;
    try {
      block = decodeBlock(bytes);
    } catch {
      continue;
    }
    for (const { seq, values } of rowsOf(block)) ids.set(seq, Number(values[0]));
  }
  return ids;
}
