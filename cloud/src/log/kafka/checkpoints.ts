// What a consumer knows of each partition: where it ends, how far it is handled, whether it is ours to handle.

interface Partition {
  /** Offset of the next entry, as far as it is known. */
  end: number;
  /** Everything below is handled and kept. */
  position: number;
  isOurs: boolean;
}

/** Bookkeeping of one consumer over the partitions of the log; it asks nobody and waits for nobody. */
export class Checkpoints {
  readonly #partitions = new Map<number, Partition>();

  /** The partitions that are ours from now on, with the checkpoints the group has kept; others are other members'. */
  assign(checkpoints: ReadonlyMap<number, number>): void {
    for (const partition of this.#partitions.values()) partition.isOurs = false;
    for (const [id, position] of checkpoints) {
      const partition = this.#get(id);
      partition.isOurs = true;
      partition.position = position;
    }
  }

  /** There are entries up to `end`, at least. */
  reaches(id: number, end: number): void {
    const partition = this.#get(id);
    partition.end = Math.max(partition.end, end);
  }

  /** Entries from `first` on came; gives how many between our checkpoint and them are not there any more, once. */
  comesTo(id: number, first: number): number {
    const partition = this.#get(id);
    const lost = Math.max(0, first - partition.position);
    partition.position += lost;
    return lost;
  }

  /** Everything below `position` is handled and kept. */
  handled(id: number, position: number): void {
    const partition = this.#get(id);
    partition.position = position;
    partition.end = Math.max(partition.end, position);
  }

  /** Entries of our partitions that are not handled. */
  get lag(): number {
    let lag = 0;
    for (const { isOurs, end, position } of this.#partitions.values()) {
      if (isOurs) lag += Math.max(0, end - position);
    }
    return lag;
  }

  /** Those of `ends` that are not handled yet: ours by our own count, others' by what their member has kept. */
  behind(ends: ReadonlyMap<number, number>, kept: ReadonlyMap<number, number>): number[] {
    const ids: number[] = [];
    for (const [id, end] of ends) {
      const { isOurs, position } = this.#get(id);
      if ((isOurs ? position : (kept.get(id) ?? 0)) < end) ids.push(id);
    }
    return ids;
  }

  isOurs(id: number): boolean {
    return this.#get(id).isOurs;
  }

  #get(id: number): Partition {
    let partition = this.#partitions.get(id);
    if (partition === undefined) {
      partition = { end: 0, position: 0, isOurs: false };
      this.#partitions.set(id, partition);
    }
    return partition;
  }
}
