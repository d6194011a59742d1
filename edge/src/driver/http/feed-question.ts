// What a feed is asked, as its configuration says.
import type { Question } from './ask.ts';
import { credentials, type HttpConfig } from './credentials.ts';

const accepted = {
  json: 'application/json, */*;q=0.5',
  xml: 'application/xml, text/xml, */*;q=0.5',
  csv: 'text/csv, text/plain, */*;q=0.5',
};

/** `beside`: the path of what the configuration names relative to itself. Reads secrets from their files each time. */
export async function feedQuestion(
  http: HttpConfig,
  beside: (path: string) => string,
  more: Readonly<Record<string, string>> = {},
): Promise<Question> {
  return {
    url: http.url,
    headers: { accept: accepted[http.format], 'user-agent': 'Wellhead', ...more },
    secretHeaders: { ...http.headers, ...(await credentials(http.authentication, beside)) },
    maxBody: http.maxBody,
  };
}
