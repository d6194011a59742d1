// Paths into what JSON and XML say: `data.0.value`, `station.@id`, `measures[kind=pm10].value`.

interface Step {
  readonly name: string;
  /** Takes the first element of a list for which this key has this value. */
  readonly where?: { readonly key: string; readonly is: string };
}

export type Path = readonly Step[];

const step = /^([^[\]]*)(?:\[([^=\]]+)=([^\]]*)\])?$/;

/** Reads a path; undefined when it is none. Dots inside brackets part nothing. */
export function parsePath(text: string): Path | undefined {
  const steps: Step[] = [];
  for (const part of text.match(/(?:[^.[]|\[[^\]]*\]?)+/g) ?? []) {
    const [, name, key, is] = step.exec(part) ?? [];
    if (name === undefined || (name === '' && key === undefined)) return undefined;
    steps.push(key === undefined ? { name } : { name, where: { key, is: is! } });
  }
  return steps.length === 0 ? undefined : steps;
}

/** What stands at the path; undefined where there is nothing. */
export function follow(tree: unknown, path: Path): unknown {
  let value = tree;
  for (const { name, where } of path) {
    if (name !== '') value = child(value, name);
    if (where !== undefined) {
      const list = Array.isArray(value) ? value : [value];
      value = list.find((item) => isText(child(item, where.key), where.is));
    }
    if (value === undefined) return undefined;
  }
  return value;
}

function isText(value: unknown, text: string): boolean {
  return (typeof value === 'string' || typeof value === 'number') && String(value) === text;
}

function child(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
