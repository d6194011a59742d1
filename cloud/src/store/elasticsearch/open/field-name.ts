// Properties may have any spelling; Elasticsearch takes dots for nesting and refuses blank names.
const special = /[%.*]|^\s|\s$/g;

/** The field that holds a property; the property's own name wherever that is possible. */
export function fieldOf(property: string): string {
  return property.replace(special, (char) =>
    /\s/.test(char) ? encodeURIComponent(char) : `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The inverse of `fieldOf`. */
export function propertyOf(field: string): string {
  return field.includes('%') ? decodeURIComponent(field) : field;
}
