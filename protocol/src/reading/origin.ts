// Origins of readings that came without a key, so that the same reading always gets the same one.

/**
 * Readings that arrive without a key get one that the same reading will get again: origin from the source's
 * name, seq from measuredAt. Such origins begin with this mark; a journal's random id cannot.
 */
const nameMark = 'name:';

export function originOfName(site: string, gateway: string): string {
  return `${nameMark}${site}/${gateway}`;
}

/** Whether seq is a time for this origin, so that holes are not counted. */
export function isNamedOrigin(origin: string): boolean {
  return origin.startsWith(nameMark);
}
