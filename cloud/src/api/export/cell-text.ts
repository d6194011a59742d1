// What stands in the cells of a file beside numbers.
import { causeName, tags, type ValueColumn } from '@wellhead/protocol';

/** The text that a value is; undefined where it is a number or there is none. */
export function textOf({ kinds, strings }: ValueColumn, index: number): string | undefined {
  const kind = kinds[index];
  if (kind === tags.string) return strings[index];
  return kind === tags.true ? 'true' : kind === tags.false ? 'false' : undefined;
}

/** Undefined where there is none. */
export function causeOf(cause: number): string | undefined {
  return cause === 0 ? undefined : causeName(cause);
}
