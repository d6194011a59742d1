// The demo's terminal: messages, and one line at the bottom that tells how things stand.
import { count } from '../progress.ts';

export interface Standing {
  readonly published: number;
  readonly acknowledged: number;
  readonly undelivered: number | undefined;
  readonly stored: number | undefined;
  readonly uplink: 'up' | 'cut';
  readonly gateway: boolean;
  readonly cloud: boolean;
  readonly time: number;
}

export interface Screen {
  say(text: string): void;
  show(standing: Standing): void;
  end(): void;
}

const lineEveryMs = 10_000;

/** A line that is redrawn on a terminal; elsewhere one every ten seconds. */
export function openScreen(stream: NodeJS.WriteStream): Screen {
  let lineAt = Number.NEGATIVE_INFINITY;
  let line = '';
  return {
    say(text) {
      stream.write(stream.isTTY ? `\r\u001b[2K${text}\n${line}` : `${text}\n`);
    },
    show(standing) {
      const text = describe(standing);
      if (stream.isTTY) {
        line = text.slice(0, (stream.columns ?? 120) - 1);
        stream.write(`\r\u001b[2K${line}`);
      } else if (performance.now() - lineAt >= lineEveryMs) {
        lineAt = performance.now();
        stream.write(`${text}\n`);
      }
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[2K');
      line = '';
    },
  };
}

export function describe(standing: Standing): string {
  const { published, acknowledged, undelivered, stored, uplink, gateway, cloud, time } = standing;
  const waiting = undelivered === undefined ? '?' : count(undelivered);
  return [
    new Date(time).toISOString().slice(0, 16).replace('T', ' '),
    `${count(published)} published`,
    `${count(acknowledged)} kept by the gateway`,
    `${waiting} waiting for the cloud`,
    `${stored === undefined ? '?' : count(stored)} in the cloud`,
    `uplink ${uplink}`,
    ...(gateway ? [] : ['gateway down']),
    ...(cloud ? [] : ['cloud down']),
  ].join(' · ');
}
