// Addresses of the API with what is asked for.

export interface Moments {
  /** Milliseconds since 1970; half-open. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface SensorNames {
  readonly site?: string | undefined;
  readonly sensor?: string | undefined;
}

export interface EventFilter extends Moments, SensorNames {
  readonly kind?: string | undefined;
  readonly open?: boolean | undefined;
}

/** What is not given is left out. */
function listPath(
  list: string,
  { from, to, ...names }: Moments & Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(names)) if (value !== undefined) query.set(name, String(value));
  if (from !== undefined) query.set('from', new Date(from).toISOString());
  if (to !== undefined) query.set('to', new Date(to).toISOString());
  return `/api/v1/${list}?${query}`;
}

export function eventsPath(filter: EventFilter): string {
  return listPath('events', { ...filter });
}

/** Of a sensor and of its whole site; without a sensor, of all of the site. */
export function annotationsPath({ site, sensor, from, to }: SensorNames & Moments): string {
  return listPath('annotations', { site, sensor, from, to });
}

export function readingsPath({ site, sensor }: SensorNames, moments: Moments): string {
  return listPath('readings', { site, sensor, ...moments });
}

/** Of a sensor, or of a whole site. */
export function exportPath({ site, sensor }: SensorNames, moments: Moments): string {
  return listPath('export', { site, sensor, ...moments });
}
