// Why a port cannot be listened on, in words for the person on site.
import { WellheadError } from '@wellhead/protocol';

/** What a failed listen means to the person on site; `key` is where the port stands in the configuration. */
export function listenError(cause: unknown, host: string, port: number, key: string): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new WellheadError('PORT_TAKEN', `port ${port} on ${host} is taken (${key})`, { cause });
  }
  if (code === 'EACCES') {
    return new WellheadError('PORT_FORBIDDEN', `this user may not listen on port ${port} (${key})`, {
      cause,
    });
  }
  return cause;
}
