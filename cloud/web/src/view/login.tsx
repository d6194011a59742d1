// Where the cloud asks for tokens: who is logged in, and the way in and out.
import { useState } from 'preact/hooks';
import { deleteAnswer, postAnswer } from '../client/fetch-answer.ts';

export interface Session {
  readonly access: 'open' | 'tokens';
  readonly name: string | null;
  readonly role: 'viewer' | 'operator' | 'admin' | null;
  readonly mayJudge: boolean;
}

export function LoginForm({ onDone }: { readonly onDone: () => void }) {
  const [problem, setProblem] = useState<string>();
  const send = async (form: HTMLFormElement) => {
    try {
      await postAnswer('/api/v1/session', { token: String(new FormData(form).get('token')).trim() });
      onDone();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
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
      {problem === undefined ? null : (
        <p class="notice" role="alert">
          {problem}
        </p>
      )}
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
