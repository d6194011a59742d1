// What a sensor may say for one property, and how columns of it are held.

/** What a sensor may say for one property. `undefined` in a row means that the sensor did not name it. */
export type Value = number | string | boolean | null;

/** How one value of a column is held: the numbers are part of the batch format. */
export const tags = { absent: 0, null: 1, number: 2, string: 3, false: 4, true: 5 } as const;

/**
 * The values of one property in a block, one entry per reading.
 * `numbers[i]` counts where `kinds[i]` is `tags.number`, `strings[i]` where it is `tags.string`.
 */
export interface ValueColumn {
  readonly kinds: Uint8Array;
  readonly numbers: Float64Array;
  readonly strings: readonly (string | undefined)[];
}

const noStrings: readonly (string | undefined)[] = [];

export function valueAt(column: ValueColumn, index: number): Value | undefined {
  switch (column.kinds[index]) {
    case tags.number:
      return column.numbers[index]!;
    case tags.string:
      return column.strings[index]!;
    case tags.false:
      return false;
    case tags.true:
      return true;
    case tags.null:
      return null;
    default:
      return undefined;
  }
}

/** Turns values into a column; the inverse of `valueAt`. */
export function columnOf(count: number, value: (index: number) => Value | undefined): ValueColumn {
  const kinds = new Uint8Array(count);
  const numbers = new Float64Array(count);
  let strings: (string | undefined)[] | undefined;
  for (let i = 0; i < count; i++) {
    const v = value(i);
    if (typeof v === 'number') {
      kinds[i] = tags.number;
      numbers[i] = v;
    } else if (typeof v === 'string') {
      kinds[i] = tags.string;
      strings ??= new Array<string | undefined>(count).fill(undefined);
      strings[i] = v;
    } else if (v === null) {
      kinds[i] = tags.null;
    } else if (v !== undefined) {
      kinds[i] = v ? tags.true : tags.false;
    }
  }
  return { kinds, numbers, strings: strings ?? noStrings };
}
