// The one cookie: whose session this browser has.
import { sessionMs } from '../../access/sessions.ts';

const name = 'wellhead_session';
const form = new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{32})(?:;|$)`);

/** What a browser sent, if it sent ours. */
export function cookieOf(header: string | undefined): string | undefined {
  return form.exec(header ?? '')?.[1];
}

/** No script reads it, and no page of another site makes a browser send it. `undefined` takes it away. */
export function cookieHeader(value: string | undefined, isSecure: boolean): string {
  const age = value === undefined ? 0 : sessionMs / 1000;
  return `${name}=${value ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${isSecure ? '; Secure' : ''}`;
}
