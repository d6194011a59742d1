// Log lines as JSON on stderr, for people and for the programs that collect them.
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Structured log lines on stderr, so that stdout stays for what a command is asked to print. */
export function openLog(program: string, level = process.env.WELLHEAD_LOG ?? 'info'): Logger {
  return pino({ level, base: { program } }, pino.destination({ fd: 2, sync: true }));
}
