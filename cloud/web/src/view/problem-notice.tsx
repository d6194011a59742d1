// What went wrong, said at once to those who hear the page; nothing where nothing did.
import type { ComponentChildren } from 'preact';

interface ProblemNoticeProps {
  readonly problem: string | undefined;
  /** Asks again. */
  readonly onRetry?: () => void;
  /** Instead of the problem alone: the sentence it stands in. */
  readonly children?: ComponentChildren;
}

export function ProblemNotice({ problem, onRetry, children = problem }: ProblemNoticeProps) {
  if (problem === undefined) return null;
  return (
    <p class="notice" role="alert">
      {children}
      {onRetry === undefined ? null : (
        <>
          {' '}
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </>
      )}
    </p>
  );
}
