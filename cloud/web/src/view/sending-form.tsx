// A form that is sent to the API, and says whether it was taken.
import type { ComponentChildren } from 'preact';
import { ProblemNotice } from './problem-notice.tsx';
import { useAction } from './use-action.ts';

interface SendingFormProps {
  readonly class: string;
  readonly legend: string;
  /** What its button says. */
  readonly label: string;
  /** What was done, once it is: `Saved`. */
  readonly done: string;
  readonly send: (written: FormData, form: HTMLFormElement) => Promise<void>;
  readonly children: ComponentChildren;
}

export function SendingForm({ class: name, legend, label, done, send, children }: SendingFormProps) {
  const { isBusy, said, problem, run } = useAction();
  return (
    <form
      class={name}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        void run(async () => {
          await send(new FormData(form), form);
          return `${done}.`;
        });
      }}
    >
      {/* Not disabled while it is sent: the keyboard would lose its place. */}
      <fieldset aria-busy={isBusy}>
        <legend>{legend}</legend>
        {children}
        <button type="submit">{label}</button>
      </fieldset>
      <p role="status">{said}</p>
      <ProblemNotice problem={problem}>
        It was not {done.toLowerCase()}: {problem} Try again.
      </ProblemNotice>
    </form>
  );
}
