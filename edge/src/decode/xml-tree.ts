// XML as a tree of plain objects, so that paths lead into it as into JSON.
import { SaxesParser } from 'saxes';

/** The key of an element's own text, where it has attributes or children as well. */
const textKey = '#text';
/** Deeper than any feed is; what goes on nesting is no feed. */
const deepest = 64;

interface Element {
  readonly name: string;
  readonly children: Record<string, unknown>;
  text: string;
}

/**
 * Elements are objects of their children, `@name` is an attribute, an element of text alone is that text, and
 * elements of one name side by side are a list. Prefixes of namespaces are left out.
 * @throws Error when it is no XML, ends too early, or nests too deep
 */
export function readXml(text: string): unknown {
  const root: Element = { name: '', children: Object.create(null), text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > deepest) throw new Error(`elements are nested more than ${deepest} deep`);
    const children: Record<string, unknown> = Object.create(null);
    for (const [key, value] of Object.entries(attributes)) children[`@${local(key)}`] = value;
    open.push({ name: local(name), children, text: '' });
  });
  const addText = (more: string) => {
    open.at(-1)!.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const { name, children, text: own } = open.pop()!;
    const plain = own.trim();
    const isText = Object.keys(children).length === 0;
    if (!isText && plain !== '') children[textKey] = plain;
    add(open.at(-1)!.children, name, isText ? plain : children);
  });
  parser.write(text).close();
  return root.children;
}

/** The text of what a path in XML leads to: its own, where it has attributes as well. */
export function xmlText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.hasOwn(value, textKey) ? (value as Record<string, unknown>)[textKey] : value;
}

function add(children: Record<string, unknown>, name: string, value: unknown): void {
  const other = children[name];
  if (other === undefined) children[name] = value;
  else if (Array.isArray(other)) other.push(value);
  else children[name] = [other, value];
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
