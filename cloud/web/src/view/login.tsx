// Where the cloud asks for tokens: who is logged in, and the way in and out.
import { deleteAnswer, postAnswer } from '../client/fetch-answer.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { useAction } from './use-action.ts';

export function LoginForm({ onDone }: { readonly onDone: () => void }) {
  const { problem, run } = useAction();
  const send = (form: HTMLFormElement) =>
    run(async () => {
      await postAnswer('/api/v1/session', { token: String(new FormData(form).get('token')).trim() });
      onDone();
      return '';
    });
  return (
    <form
      class="empty login"
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <h1>Log in</h1>
      <p>This cloud asks for a token. Whoever runs it can make one for you.</p>
      <label>
        Token
        <input name="token" type="password" autocomplete="current-password" required maxLength={200} />
      </label>
      <button type="submit">Log in</button>
      <ProblemNotice problem={problem} />
    </form>
  );
}

export function LogoutButton({ name }: { readonly name: string }) {
  const leave = async () => {
    await deleteAnswer('/api/v1/session').catch(() => undefined);
    location.reload();
  };
  return (
    <button type="button" title={`Logged in as ${name}`} onClick={() => void leave()}>
      Log out
    </button>
  );
}
