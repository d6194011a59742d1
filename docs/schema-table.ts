// A schema as a table of keys, for people.
import { z } from 'zod';

interface Node {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly prefixItems?: readonly Node[];
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  /** Kinds, told apart by a key of their own. */
  readonly oneOf?: readonly Node[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export function schemaTable(schema: z.ZodType): string {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
  const rows = [...keys(root, '')].map((cells) => `| ${cells.join(' | ')} |`);
  return ['| key | what it is | value | default |', '|---|---|---|---|', ...rows].join('\n');
}

function* keys(node: Node, path: string): Generator<string[]> {
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const key = path === '' ? name : `${path}.${name}`;
    const required = node.required?.includes(name) ?? false;
    const inner = child.items?.properties !== undefined ? child.items : child;
    const at = inner === child ? key : `${key}[]`;
    yield [`\`${key}\``, child.description ?? '', describeValue(child), defaultOf(child, required)].map(
      escapeCell,
    );
    yield* keys(inner, at);
    for (const kind of inner.oneOf ?? []) yield* keys(kind, at);
    const named = child.additionalProperties;
    if (typeof named === 'object' && named.properties !== undefined) yield* keys(named, `${key}.<name>`);
  }
}

function describeValue(node: Node): string {
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${String(value)}\``).join(' or ');
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(describeValue))].join(' or ');
  if (node.oneOf !== undefined) return 'one of these kinds';
  if (node.title === 'duration') return 'duration: `250ms`, `30s`, `5m`, `1h`, `7d`';
  if (node.title === 'moment') return 'moment with its zone: `2026-03-01T09:00Z`';
  if (node.title === 'size') return 'size: `64kB`, `500MB`, `2GB`';
  if (node.prefixItems !== undefined)
    return `list of ${node.prefixItems.length}: ${node.prefixItems.map(describeValue).join(', ')}`;
  if (node.type === 'array')
    return node.items?.properties === undefined ? `list of ${describeValue(node.items ?? {})}` : 'list';
  if (node.type === 'object') return typeof node.additionalProperties === 'object' ? 'map' : '';
  const bounds =
    node.minimum === undefined && node.maximum === undefined
      ? ''
      : ` ${limit(node.minimum, 'from ')}${limit(node.maximum, ' to ')}`;
  return `${node.type === 'string' ? 'text' : (node.type ?? 'any')}${bounds}`.trimEnd();
}

function limit(value: number | undefined, word: string): string {
  if (value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return '';
  return `${word}${value.toLocaleString('en-GB')}`;
}

function defaultOf(node: Node, required: boolean): string {
  if (node.default !== undefined) {
    const text = JSON.stringify(node.default);
    return text === '{}' ? '' : `\`${text.replaceAll('"', '')}\``;
  }
  return required ? 'required' : '';
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
