// Whether an address can be reached from this machine alone, so that no password is needed.

const names = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether only programs of this machine can reach what listens on this address. */
export function isLoopback(host: string): boolean {
  return names.has(host);
}
