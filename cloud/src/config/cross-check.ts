// What no schema sees in the cloud's file.
import { isLoopback, lenient } from '@wellhead/host';
import type { z } from 'zod';

const { list, object, text } = lenient;

const cloudView = object({
  sensorTypes: list(text).transform((folders) => folders.filter((folder) => folder !== undefined)),
  sites: text,
  roles: list(text),
  bridge: object({ url: text }),
  log: object({ kind: text }),
  store: object({ kind: text }),
  http: object({ host: text, access: text }),
  broker: object({
    host: text,
    credentials: list(object({ site: text, gateway: text })).optional(),
  }),
});

export type CloudView = z.infer<typeof cloudView>;

export function readCloudView(document: unknown): CloudView {
  return cloudView.parse(document);
}

export function* brokerProblems({ host, credentials }: CloudView['broker']): Generator<string> {
  if (host !== undefined && !isLoopback(host) && credentials === undefined) {
    yield `broker.credentials: ${host} can be reached from outside; list the gateways, or listen on 127.0.0.1`;
  }
  const names = new Set<string>();
  for (const [i, { site, gateway }] of (credentials ?? []).entries()) {
    if (site === undefined || gateway === undefined) continue;
    const name = `${site}/${gateway}`;
    if (names.has(name)) yield `broker.credentials.${i}: ${name} is listed twice; keep one`;
    names.add(name);
  }
}

export function* httpProblems({ host, access }: CloudView['http']): Generator<string> {
  if (host !== undefined && !isLoopback(host) && access === 'open') {
    yield `http.access: ${host} can be reached from outside; use tokens, or listen on 127.0.0.1`;
  }
}

/** What one process cannot do without another that shares a log or a store with it. */
export function* roleProblems({ roles, bridge, log, store }: CloudView): Generator<string> {
  if (roles.length === 0) return;
  const has = (role: string) => roles.includes(role);
  const together = (a: string, b: string) => has(a) === has(b);
  if (has('bridge') && !has('broker') && bridge.url === undefined) {
    yield 'bridge.url: the bridge runs without the embedded broker; name the broker it is to join';
  }
  if (!together('bridge', 'indexer') && log.kind !== 'kafka') {
    yield 'log.kind: bridge and indexer in different processes need a log they share; use kafka';
  }
  if (!together('indexer', 'api') && store.kind !== 'elasticsearch') {
    yield 'store.kind: indexer and api in different processes need a store they share; use elasticsearch';
  }
  if (!has('analysis')) return;
  if (!has('bridge') && log.kind !== 'kafka') {
    yield 'log.kind: bridge and analysis in different processes need a log they share; use kafka';
  }
  if (!has('indexer') && store.kind !== 'elasticsearch') {
    yield 'store.kind: indexer and analysis in different processes need a store they share; use elasticsearch';
  }
}
