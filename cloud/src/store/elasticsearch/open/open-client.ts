// The connection to a cluster: addresses, login, certificate, and the rights that are enough.
import { readFileSync } from 'node:fs';
import type { Client, ClientOptions } from '@elastic/elasticsearch';
import { WellheadError } from '@wellhead/protocol';

export interface ElasticsearchLogin {
  /** Base64 of id and secret, as Kibana shows it; goes before user name and password. */
  readonly apiKey?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

export interface ClientSettings extends ElasticsearchLogin {
  /** Addresses of one or more nodes of one cluster, such as `https://es-1:9200`. */
  readonly nodes: readonly string[];
  /** File with the certificate of the authority that signed the nodes' certificates. */
  readonly caFile?: string | undefined;
}

const requestTimeoutMs = 60_000;

/**
 * The client of one cluster. Loaded only when it is configured: nobody else pays for it.
 *
 * The least rights it needs, as privileges of a role (the tests' own node has no security module, so these were
 * derived from the requests and not tried):
 * - cluster: `manage_index_templates` (to install the templates at start; `monitor` is enough where they are there
 *   already and of this version)
 * - on `<prefix>-*`: `auto_configure`, `index`, `read`, `maintenance` (refresh), `monitor` (size), and
 *   `delete_index` where months are dropped
 * A program that only reads needs `read` and `monitor` on `<prefix>-*`.
 * @throws WellheadError STORE_OPEN where the client is not installed, or the certificate cannot be read
 */
export async function openClient(settings: ClientSettings): Promise<Client> {
  const { Client } = await loadClient();
  const options: ClientOptions = {
    nodes: [...settings.nodes],
    requestTimeout: requestTimeoutMs,
    // The store waits and asks again by itself, for longer than any number of retries would.
    maxRetries: 0,
    compression: settings.nodes.some((node) => node.startsWith('https:')),
  };
  if (settings.apiKey !== undefined) options.auth = { apiKey: settings.apiKey };
  else if (settings.username !== undefined)
    options.auth = { username: settings.username, password: settings.password ?? '' };
  if (settings.caFile !== undefined) options.tls = { ca: readCertificate(settings.caFile) };
  return new Client(options);
}

async function loadClient(): Promise<typeof import('@elastic/elasticsearch')> {
  try {
    return await import('@elastic/elasticsearch');
  } catch (cause) {
    throw new WellheadError('STORE_OPEN', 'the package @elastic/elasticsearch cannot be loaded', {
      cause,
      hint: 'Install Wellhead with its optional parts, or choose store.kind: duckdb.',
    });
  }
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new WellheadError('STORE_OPEN', `the certificate ${file} cannot be read`, { cause });
  }
}
