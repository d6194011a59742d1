/**
 * Cuts messages into runs of up to about `maxBytes`, in order, each of at least one: what one call of a handler gets.
 */
export function* slices<T extends { readonly value: Uint8Array | null }>(
  messages: readonly T[],
  maxBytes: number,
): Generator<T[]> {
  let slice: T[] = [];
  let bytes = 0;
  for (const message of messages) {
    slice.push(message);
    bytes += message.value?.length ?? 0;
    if (bytes < maxBytes) continue;
    yield slice;
    slice = [];
    bytes = 0;
  }
  if (slice.length > 0) yield slice;
}
