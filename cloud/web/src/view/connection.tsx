// Whether what is shown keeps itself up to date.
import type { LiveState } from '../client/open-live.ts';

const words: Readonly<Record<LiveState, string>> = {
  connecting: 'connecting',
  live: 'live',
  reconnecting: 'reconnecting',
};

export function Connection({ state }: { readonly state: LiveState }) {
  return (
    <p class={`connection ${state}`} role="status">
      <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
        <path
          d={
            state === 'live'
              ? 'M7 2a5 5 0 1 1 0 10a5 5 0 1 1 0-10z'
              : 'M7 2.5a4.5 4.5 0 0 1 4.5 4.5M7 11.5a4.5 4.5 0 0 1-4.5-4.5'
          }
        />
      </svg>
      {words[state]}
    </p>
  );
}
