// What a person says of an event: the analysis learns from it, and colleagues read it.
import { postAnswer } from '../../client/fetch-answer.ts';
import { useSession } from '../../client/use-session.ts';
import { SendingForm } from '../sending-form.tsx';

const verdicts = [
  ['true', 'True: it happened'],
  ['false', 'False alarm'],
  ['maintenance', 'Maintenance: people were at work'],
] as const;

const longestNote = 1_000;

export function FeedbackForm({ id, onJudged }: { readonly id: string; readonly onJudged: () => void }) {
  if (!useSession().mayJudge) return null;
  return (
    <SendingForm
      class="feedback"
      legend="What was it?"
      label="Save"
      done="Saved"
      send={async (said) => {
        await postAnswer(`/api/v1/events/${encodeURIComponent(id)}/feedback`, {
          verdict: said.get('verdict'),
          note: said.get('note'),
        });
        onJudged();
      }}
    >
      {verdicts.map(([value, label]) => (
        <label key={value}>
          <input type="radio" name="verdict" value={value} required /> {label}
        </label>
      ))}
      <label class="note">
        Note
        <textarea name="note" rows={2} maxLength={longestNote} />
      </label>
    </SendingForm>
  );
}
