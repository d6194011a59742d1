// The MQTT topics that gateways, clouds and sensors use, made and taken apart in one place.

/** Topic names: `wellhead/1/<site>/<gateway>/<kind>`, and `sensors/<sensor>[/<property>]` beside a gateway. */
export const upKinds = ['data', 'json', 'status', 'ledger', 'reply'] as const;
export const downKinds = ['receipt', 'request', 'config', 'command'] as const;

export type UpKind = (typeof upKinds)[number];
export type DownKind = (typeof downKinds)[number];

export interface Address {
  readonly site: string;
  readonly gateway: string;
}

export function topicOf(address: Address, kind: UpKind | DownKind): string {
  return `wellhead/1/${address.site}/${address.gateway}/${kind}`;
}

export interface ParsedTopic extends Address {
  readonly kind: UpKind | DownKind;
}

const kinds = new Set<string>([...upKinds, ...downKinds]);

/** Reads a topic of the cloud side; undefined when it is not one of ours. */
export function parseTopic(topic: string): ParsedTopic | undefined {
  const [root, version, site, gateway, kind, ...rest] = topic.split('/');
  if (root !== 'wellhead' || version !== '1' || rest.length > 0) return undefined;
  if (!site || !gateway || !kind || !kinds.has(kind)) return undefined;
  return { site, gateway, kind: kind as UpKind | DownKind };
}

export function isUpKind(kind: UpKind | DownKind): kind is UpKind {
  return (upKinds as readonly string[]).includes(kind);
}
