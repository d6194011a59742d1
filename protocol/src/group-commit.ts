// Many writes share one sync of the disk, and each is told when it is durable.

/** Gathers items while the previous commit is under way, so that the price of a sync is shared. */
export interface GroupCommit<Item> {
  /** Resolves when the item's group is committed; rejects with the commit's error. */
  add(item: Item): Promise<void>;
  /** Items waiting or under way. */
  readonly pending: number;
  /** Resolves when all items added so far are settled. */
  idle(): Promise<void>;
}

export interface GroupCommitOptions<Item> {
  /** Makes a group durable, all or nothing. Never called again before it settles. */
  readonly commit: (group: readonly Item[]) => Promise<void>;
  readonly maxGroup: number;
  /** More waiting items than this are refused at once: the caller's own bound should come first. */
  readonly maxPending: number;
  /** Runs a function when the events at hand are done: `setImmediate` on Node. */
  readonly defer: (run: () => void) => void;
  /** What refusing looks like. */
  readonly full: () => Error;
}

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

export function groupCommit<Item>(options: GroupCommitOptions<Item>): GroupCommit<Item> {
  const items: Item[] = [];
  const waiters: Waiter[] = [];
  let underWay = 0;
  let scheduled = false;
  let idlers: (() => void)[] = [];

  function schedule(): void {
    if (scheduled || underWay > 0 || items.length === 0) return;
    scheduled = true;
    options.defer(() => {
      scheduled = false;
      void run();
    });
  }

  async function run(): Promise<void> {
    const group = items.splice(0, options.maxGroup);
    const waiting = waiters.splice(0, options.maxGroup);
    underWay = group.length;
    try {
      await options.commit(group);
      for (const waiter of waiting) waiter.resolve();
    } catch (error) {
      for (const waiter of waiting) waiter.reject(error);
    }
    underWay = 0;
    if (items.length > 0) schedule();
    else {
      const done = idlers;
      idlers = [];
      for (const idler of done) idler();
    }
  }

  return {
    add(item) {
      if (items.length >= options.maxPending) return Promise.reject(options.full());
      return new Promise<void>((resolve, reject) => {
        items.push(item);
        waiters.push({ resolve, reject });
        schedule();
      });
    },
    get pending() {
      return items.length + underWay;
    },
    idle() {
      if (items.length + underWay === 0) return Promise.resolve();
      return new Promise((resolve) => idlers.push(resolve));
    },
  };
}
