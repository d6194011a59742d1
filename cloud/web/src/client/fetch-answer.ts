// Asks the API, and says in plain words why it did not answer.

export class AnswerError extends Error {
  /** HTTP status; 0 where no server answered. */
  readonly status: number;

  constructor(message: string, status: number, cause?: unknown) {
    super(message, { cause });
    this.name = 'AnswerError';
    this.status = status;
  }
}

/** @throws AnswerError with a sentence for people */
export async function fetchAnswer<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await ask(path, signal === undefined ? {} : { signal })).json() as Promise<T>;
}

/** @throws AnswerError with a sentence for people */
export async function fetchText(path: string): Promise<string> {
  return (await ask(path, {})).text();
}

/** @throws AnswerError with a sentence for people */
export async function postAnswer(path: string, body: object): Promise<void> {
  await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** @throws AnswerError with a sentence for people */
export async function deleteAnswer(path: string): Promise<void> {
  await ask(path, { method: 'DELETE' });
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new AnswerError('The server cannot be reached.', 0, cause);
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new AnswerError(problem.detail ?? `The server answered ${response.status}.`, response.status);
}
