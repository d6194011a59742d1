// What gateway and cloud say of themselves, for the line at the bottom of the demo.
import { demoSite } from './configs.ts';

const answerWithinMs = 1_000;

/** Undefined is what one that is down would have said. */
export async function askPrograms(http: number, gatewayHealth: number) {
  const [health, sensors] = await Promise.all([
    ask<{ undelivered: number }>(`http://127.0.0.1:${gatewayHealth}/health`),
    ask<{ sensors: readonly { readings: number }[] }>(
      `http://127.0.0.1:${http}/api/v1/sensors?site=${demoSite}`,
    ),
  ]);
  return {
    undelivered: health?.undelivered,
    stored: sensors?.sensors.reduce((sum, { readings }) => sum + readings, 0),
  };
}

async function ask<T>(url: string): Promise<T | undefined> {
  try {
    return (await (await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) })).json()) as T;
  } catch {
    // It was killed, perhaps by the very watcher: the line at the bottom says so.
    return undefined;
  }
}
