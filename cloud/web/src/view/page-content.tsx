// What stands below the header: a view once there is something to show, else why there is none.
import type { ComponentChildren } from 'preact';
import type { Overview } from '../client/use-sensors.ts';
import { EmptyState } from './empty-state.tsx';
import { LoginForm } from './login.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface PageContentProps {
  readonly mustLogIn: boolean;
  readonly overview: Overview | undefined;
  /** The overview holds the sensors of one site alone: that it has none says nothing of the others. */
  readonly isOfOneSite: boolean;
  readonly problem: string | undefined;
  readonly children: (overview: Overview) => ComponentChildren;
}

export function PageContent({ mustLogIn, overview, isOfOneSite, problem, children }: PageContentProps) {
  if (mustLogIn) return <LoginForm onDone={() => location.reload()} />;
  return (
    <>
      <ProblemNotice problem={problem}>
        {problem} {overview === undefined ? 'Nothing can be shown yet' : 'What you see may be old'}; the page
        keeps trying by itself.
      </ProblemNotice>
      {overview === undefined ? (
        problem === undefined ? (
          <p class="muted">Loading …</p>
        ) : null
      ) : overview.sensors.length === 0 && !isOfOneSite ? (
        <EmptyState />
      ) : (
        children(overview)
      )}
    </>
  );
}
