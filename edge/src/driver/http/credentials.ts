// Credentials of a feed, which may stand in files of their own, so that the configuration can be shown around.
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { httpSchema } from './config.ts';

export type HttpConfig = z.output<typeof httpSchema>;

/** The header with the credentials; none where there are none. Files are read each time: secrets are renewed. */
export async function credentials(
  authentication: HttpConfig['authentication'],
  beside: (path: string) => string,
): Promise<Record<string, string>> {
  if (authentication === undefined) return {};
  const { username, password, passwordFile, token, tokenFile } = authentication;
  if (username === undefined) {
    return { authorization: `Bearer ${token ?? (await readSecret(beside(tokenFile!)))}` };
  }
  const pair = `${username}:${password ?? (await readSecret(beside(passwordFile!)))}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

async function readSecret(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw new Error(`the file with the secret, ${path}, cannot be read`, { cause });
  }
}
