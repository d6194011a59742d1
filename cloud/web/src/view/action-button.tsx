// A button that asks the API to do something, and says what came of it.
import { useState } from 'preact/hooks';

interface ActionButtonProps {
  readonly label: string;
  /** For those who hear the page: what exactly is done, where several buttons have one label. */
  readonly title?: string;
  /** Says what was done; an error's message is shown as it is. */
  readonly act: () => Promise<string>;
}

export function ActionButton({ label, title, act }: ActionButtonProps) {
  const [state, setState] = useState<{ isBusy: boolean; said: string; isProblem: boolean }>({
    ...{ isBusy: false, said: '', isProblem: false },
  });
  const press = async () => {
    setState({ isBusy: true, said: '', isProblem: false });
    try {
      setState({ isBusy: false, said: await act(), isProblem: false });
    } catch (error) {
      setState({ isBusy: false, said: (error as Error).message, isProblem: true });
    }
  };
  return (
    <span class="action">
      <button type="button" disabled={state.isBusy} aria-label={title} onClick={() => void press()}>
        {label}
      </button>{' '}
      <span role="status" class={state.isProblem ? 'problem' : 'muted'}>
        {state.said}
      </span>
    </span>
  );
}
