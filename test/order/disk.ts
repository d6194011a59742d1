// What a program's database has on the disk: all writes in their order, and how far they are synced.
import type { Operation } from '../../host/src/disk/key-value.ts';

export class Disk {
  #writes: (readonly Operation[])[] = [];
  #synced = 0;
  /** Failed, and yet on the disk: seen when the database is opened again. */
  #limbo: readonly Operation[] | undefined;

  get contents(): ReadonlyMap<string, Uint8Array> {
    const contents = new Map<string, Uint8Array>();
    for (const operations of this.#writes) {
      for (const operation of operations) {
        if (operation.type === 'put') contents.set(operation.key, operation.value);
        else contents.delete(operation.key);
      }
    }
    return contents;
  }

  wrote(operations: readonly Operation[], isSynced: boolean): void {
    this.#writes.push(operations);
    if (isSynced) this.#synced = this.#writes.length;
  }

  failedAndWrote(operations: readonly Operation[]): void {
    this.#limbo = operations;
  }

  /** Whatever happens to the writes, this value is no longer what it was. */
  damaged(key: string, value: Uint8Array): void {
    this.#writes = this.#writes.map((operations) =>
      operations.map((operation) =>
        operation.type === 'put' && operation.key === key ? { ...operation, value } : operation,
      ),
    );
  }

  /** LevelDB writes what it finds into tables and syncs them. */
  opened(): void {
    if (this.#limbo !== undefined) this.#writes.push(this.#limbo);
    this.#limbo = undefined;
    this.#synced = this.#writes.length;
  }

  /** The process died: what it wrote is there, and `chance` says whether a write that failed is. */
  survivesKill(chance: number): void {
    if (chance % 2 === 0) this.#limbo = undefined;
  }

  /** The power went: a beginning of what was written is there, at least up to the last sync. */
  survivesPowerCut(chance: number): void {
    const unsynced = this.#writes.length - this.#synced;
    const kept = chance % (unsynced + 1);
    this.#writes = this.#writes.slice(0, this.#synced + kept);
    if (kept < unsynced || chance % 2 === 0) this.#limbo = undefined;
  }
}
