// The mark of an event's kind: a letter, as over the charts. Words always stand beside it.
import type { EventAnswer } from '../../../src/api/answer/answers.ts';

export function EventMark({ kind }: { readonly kind: EventAnswer['kind'] }) {
  return (
    <b class={`event-mark event-${kind}`} aria-hidden="true">
      {kind[0]!.toUpperCase()}
    </b>
  );
}
