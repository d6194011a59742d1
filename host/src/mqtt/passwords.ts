// Checks names and passwords of MQTT clients, and gives nothing away by the time it takes.
import { timingSafeEqual } from 'node:crypto';

/** Who may log in with which password; compared in a time that says nothing of how much of it was right. */
export function createPasswordCheck(
  users: Iterable<readonly [username: string, password: string]>,
): (username: string, password: string) => boolean {
  const passwords = new Map<string, Buffer>();
  for (const [username, password] of users) passwords.set(username, Buffer.from(password));
  return (username, password) => {
    const expected = passwords.get(username);
    const given = Buffer.from(password);
    return expected !== undefined && expected.length === given.length && timingSafeEqual(expected, given);
  };
}
