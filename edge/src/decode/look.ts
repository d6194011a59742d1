// How a protocol finds its frames among bytes that may also be noise.

/**
 * What a protocol makes of the bytes at hand. A frame: what stands before `from` is noise, what it holds ends
 * at `to`. `discard`: so many bytes at the beginning can be part of no frame. Undefined: more must come.
 */
export type Look<T> =
  | { readonly frame: T; readonly from: number; readonly to: number }
  | { readonly discard: number };

/** Pure: it gets all bytes that came and were not yet used or discarded. */
export type LookFor<T> = (bytes: Uint8Array) => Look<T> | undefined;
