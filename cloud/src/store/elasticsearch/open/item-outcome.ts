// What became of one document of a bulk request: new, held already, refused, or to be sent again.

/** What Elasticsearch answers to one item of a bulk request. */
export interface ItemAnswer {
  readonly status: number;
  readonly error?: { readonly type?: string | undefined; readonly reason?: string | undefined } | undefined;
}

/** What has become of a document: it is new, replaced a lower version, was there already, or cannot be taken. */
export type Outcome =
  | { readonly kind: 'new' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly reason: string };

export type ItemVerdict =
  | Outcome
  /** Overloaded or just starting: the same again, after a while. */
  | { readonly kind: 'later'; readonly reason: string }
  /** Nobody's reading is at fault, and waiting does not help: rights, blocks, limits of the cluster. */
  | { readonly kind: 'failed'; readonly reason: string };

export function judgeItem({ status, error }: ItemAnswer): ItemVerdict {
  if (status === 201) return { kind: 'new' };
  if (status === 200) return { kind: 'replaced' };
  // Only the versions of documents conflict here: one as high is held.
  if (status === 409) return { kind: 'held' };
  const reason = `${status} ${error?.type ?? ''}: ${error?.reason ?? 'no reason given'}`;
  if (isPassing(status)) return { kind: 'later', reason };
  // A full cluster (no more shards) answers 400 too, with this type; it would refuse every reading.
  if (status === 400 && error?.type !== 'validation_exception') return { kind: 'refused', reason };
  if (status === 413) return { kind: 'refused', reason };
  return { kind: 'failed', reason };
}

/** Whether a status says that the same request may succeed later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}
