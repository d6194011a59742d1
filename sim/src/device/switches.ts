// What may be wrong with an instrument or its cable, to be switched on and off while it runs.

export const faults = ['noise', 'delay', 'bad-checksum', 'foreign', 'silence', 'babble', 'cut'] as const;

export type Fault = (typeof faults)[number];

/** Faults by who has them; an empty name stands for all. */
export class Switches {
  readonly #on = new Map<string, { readonly fault: Fault; readonly ms: number }>();

  set(from: string, fault: Fault | undefined, ms: number): void {
    if (fault === undefined && from === '') this.#on.clear();
    else if (fault === undefined) this.#on.delete(from);
    else this.#on.set(from, { fault, ms });
  }

  of(from: string): { readonly fault: Fault; readonly ms: number } | undefined {
    return this.#on.get(from) ?? this.#on.get('');
  }

  get isBabbling(): boolean {
    return [...this.#on.values()].some(({ fault }) => fault === 'babble');
  }
}
