// What no schema sees in the cloud's file.
import { lenient } from '@wellhead/host';
import type { z } from 'zod';

const { list, object, text } = lenient;
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

const cloudView = object({
  sensorTypes: list(text).transform((folders) => folders.filter((folder) => folder !== undefined)),
  sites: text,
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
  if (host !== undefined && !loopback.has(host) && credentials === undefined) {
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
