// What a person says of an event: the analysis learns from it, and colleagues read it.
import { useState } from 'preact/hooks';
import { postAnswer } from '../../client/fetch-answer.ts';
import { useAnswer } from '../../client/use-answer.ts';
import type { Session } from '../login.tsx';

const verdicts = [
  ['true', 'True: it happened'],
  ['false', 'False alarm'],
  ['maintenance', 'Maintenance: people were at work'],
] as const;

const longestNote = 1_000;

export function FeedbackForm({ id, onJudged }: { readonly id: string; readonly onJudged: () => void }) {
  const session = useAnswer<Session>('/api/v1/session');
  const [state, setState] = useState<'open' | 'sending' | 'sent'>('open');
  const [problem, setProblem] = useState<string>();
  if (session.data?.mayJudge !== true) return null;

  const send = async (form: HTMLFormElement) => {
    if (state === 'sending') return;
    const said = new FormData(form);
    setState('sending');
    setProblem(undefined);
    try {
      await postAnswer(`/api/v1/events/${encodeURIComponent(id)}/feedback`, {
        verdict: said.get('verdict'),
        note: said.get('note'),
      });
      setState('sent');
      onJudged();
    } catch (error) {
      setState('open');
      setProblem((error as Error).message);
    }
  };
  return (
    <form
      class="feedback"
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      {/* Not disabled while it is sent: the keyboard would lose its place. */}
      <fieldset aria-busy={state === 'sending'}>
        <legend>What was it?</legend>
        {verdicts.map(([value, label]) => (
          <label key={value}>
            <input type="radio" name="verdict" value={value} required /> {label}
          </label>
        ))}
        <label class="note">
          Note
          <textarea name="note" rows={2} maxLength={longestNote} />
        </label>
        <button type="submit">Save</button>
      </fieldset>
      <p role="status">{state === 'sent' ? 'Saved.' : ''}</p>
      {problem === undefined ? null : (
        <p class="notice" role="alert">
          It was not saved: {problem} Try again.
        </p>
      )}
    </form>
  );
}
