// What the fault tests are told of a sensor, from its type and its site.
import type { SensorType, Site } from '@wellhead/protocol';
import type { FaultContext, FaultProperty } from './fault-window.ts';

/**
 * The properties that are numbers with their settings, and what the site knows beside the readings. What the site
 * sets of a property goes before what the type says, key by key; neighbours are other sensors' readings, and
 * are to be added by those who can read them.
 */
export function faultSourcesOf(
  sensor: string,
  type: SensorType,
  site: Site | undefined,
): { readonly properties: readonly FaultProperty[]; readonly context: FaultContext } {
  const own = site?.sensors[sensor]?.faults ?? {};
  const properties = type.properties
    .filter(({ kind, detection }) => (kind ?? 'number') === 'number' && detection?.enabled !== false)
    .map(
      ({ name, title, unit, resolution, faults }): FaultProperty => ({
        name,
        title,
        unit,
        settings: { ...faults, ...own[name] },
        ...(resolution !== undefined && { resolution }),
      }),
    );
  const maintenance = (site?.maintenance ?? []).filter(
    ({ sensors }) => sensors === undefined || sensors.includes(sensor),
  );
  const dips = (site?.dips ?? []).filter((dip) => dip.sensor === sensor);
  return { properties, context: { maintenance, dips } };
}
