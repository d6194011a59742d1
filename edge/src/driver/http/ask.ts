// One request to a feed: bounded in time, size and redirects, and with its secrets for one host only.

export interface Question {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Only for the host of the url: credentials, and what was configured beside them. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly maxBody: number;
}

/** What came back; the body is undefined unless the status is 200. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | undefined;
}

const maxRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** @throws Error with the reason, in words for a log: it holds neither query nor credentials */
export async function ask(question: Question, signal: AbortSignal): Promise<Answer> {
  const first = new URL(question.url);
  let url = first;
  for (let hops = 0; ; hops++) {
    const isHome = isAtHome(url, first);
    const headers = { ...question.headers, ...(isHome ? question.secretHeaders : {}) };
    const response = await request(url, headers, signal);
    const location = response.headers.get('location');
    if (redirects.has(response.status) && location !== null) {
      await response.body?.cancel();
      if (hops === maxRedirects) throw new Error(`more than ${maxRedirects} redirects`);
      const next = nextUrl(url, location);
      if (Object.keys(question.secretHeaders).length > 0 && !isAtHome(next, first))
        throw new Error(`the server redirects to ${next.host}, where credentials are not sent`);
      url = next;
      continue;
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      return { status: response.status, headers: response.headers, body: undefined };
    }
    const body = await readBody(response, question.maxBody, signal);
    return { status: 200, headers: response.headers, body };
  }
}

async function request(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers, signal, redirect: 'manual' });
  } catch (error) {
    throw signal.aborted ? signal.reason : plain(error, url);
  }
}

/** The host that was configured; also by https where http was, for nobody new sees the secret then. */
function isAtHome(url: URL, home: URL): boolean {
  return url.origin === home.origin || url.origin === `https://${home.hostname}`;
}

function nextUrl(from: URL, location: string): URL {
  let url: URL;
  try {
    url = new URL(location, from);
  } catch {
    throw new Error('the server redirects to what is no address');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error(`the server redirects to ${url.protocol}, which is not followed`);
  // Without its encryption the way back would show what was asked for, and a secret with it.
  if (from.protocol === 'https:' && url.protocol === 'http:')
    throw new Error(`the server redirects from https to http at ${url.host}, which is not followed`);
  return url;
}

async function readBody(response: Response, most: number, signal: AbortSignal): Promise<string> {
  const tooLarge = () => new Error(`the answer has more than ${most} bytes`);
  if (Number(response.headers.get('content-length') ?? 0) > most) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      // Counted as it is unpacked: a small packed body may be a large one. Leaving the loop cancels the rest.
      if (size > most) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw size > most ? error : new Error('the answer broke off', { cause: error });
  }
  return decode(Buffer.concat(chunks), response.headers.get('content-type') ?? '');
}

/** In the charset that the answer names, or XML at its beginning; UTF-8 otherwise. */
function decode(bytes: Buffer, contentType: string): string {
  const named =
    /charset="?([\w-]+)/i.exec(contentType)?.[1] ??
    /^<\?xml[^>]*encoding=["']([\w-]+)/.exec(bytes.toString('latin1', 0, 200))?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** What lies under the words "fetch failed". */
function plain(error: unknown, { host }: URL): Error {
  const cause = (error as Error).cause ?? error;
  const { code, message } = cause as NodeJS.ErrnoException;
  return new Error(`${host} cannot be asked: ${code ?? message}`, { cause: error });
}
