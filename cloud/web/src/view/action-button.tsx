// A button that asks the API to do something, and says what came of it.
import { useAction } from './use-action.ts';

interface ActionButtonProps {
  readonly label: string;
  /** For those who hear the page: what exactly is done, where several buttons have one label. */
  readonly title?: string;
  /** Says what was done; an error's message is shown as it is. */
  readonly act: () => Promise<string>;
}

export function ActionButton({ label, title, act }: ActionButtonProps) {
  const { isBusy, said, problem, run } = useAction();
  return (
    <span class="action">
      <button type="button" disabled={isBusy} aria-label={title} onClick={() => void run(act)}>
        {label}
      </button>{' '}
      <span role="status" class={problem === undefined ? 'muted' : 'problem'}>
        {problem ?? said}
      </span>
    </span>
  );
}
