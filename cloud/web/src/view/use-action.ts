// Something that the API is asked to do: on its way, done, or failed.
import { useState } from 'preact/hooks';

export interface Action {
  readonly isBusy: boolean;
  /** What was done. */
  readonly said: string | undefined;
  /** Why it was not. */
  readonly problem: string | undefined;
  /** Does nothing while it is busy. `act` says what was done. */
  readonly run: (act: () => Promise<string>) => Promise<void>;
}

const idle = { isBusy: false, said: undefined, problem: undefined };

export function useAction(): Action {
  const [state, setState] = useState<Omit<Action, 'run'>>(idle);
  const run = async (act: () => Promise<string>) => {
    if (state.isBusy) return;
    setState({ ...idle, isBusy: true });
    try {
      setState({ ...idle, said: await act() });
    } catch (error) {
      setState({ ...idle, problem: (error as Error).message });
    }
  };
  return { ...state, run };
}
