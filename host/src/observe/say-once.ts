// Warnings that would come every second: each is said once, so that it does not fill the log.
import type { Logger } from './log.ts';

/** So many different ones are said; what comes beyond is counted by whoever calls. */
const maxSaid = 1_000;

export function createOnceWarner(
  logger: Pick<Logger, 'warn'>,
): (facts: Readonly<Record<string, string>>, text: string) => void {
  const said = new Set<string>();
  return (facts, text) => {
    const key = JSON.stringify(facts);
    if (said.has(key) || said.size >= maxSaid) return;
    said.add(key);
    logger.warn(facts, text);
  };
}
