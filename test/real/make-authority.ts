// An authority of one's own and a certificate by it for 127.0.0.1, for tests of encrypted connections.
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Authority {
  /** Certificate of the authority, PEM. */
  readonly caFile: string;
  /** Key and certificate of the server in one PEM file. */
  readonly serverFile: string;
}

/** @throws where openssl is not installed */
export function makeAuthority(folder: string): Authority {
  const place = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...fresh, '-subj', '/CN=test authority', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl('req', ...fresh, '-subj', '/CN=127.0.0.1', '-keyout', 'server.key', '-out', 'server.csr');
  writeFileSync(place('names'), 'subjectAltName=IP:127.0.0.1\n');
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'server.csr', ...by, '-out', 'server.pem');
  for (const name of ['server.key', 'server.pem'])
    appendFileSync(place('server.all.pem'), readFileSync(place(name)));
  return { caFile: place('ca.pem'), serverFile: place('server.all.pem') };
}
