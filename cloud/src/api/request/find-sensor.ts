// The sensors a request names, or a 404 that says what there is instead.

import { describeSensors, type Known, sensorNames } from '../../overview/describe-sensors.ts';
import type { SensorAnswer } from '../answer/answers.ts';
import type { ApiContext } from '../http/api.ts';
import { ApiProblem } from '../http/problem.ts';
import { whatIsKnown } from './known.ts';

/** Enough to find a misspelt name in. */
const namedMost = 20;

/** @throws ApiProblem UNKNOWN_SENSOR */
export async function findSensor(context: ApiContext, site: string, sensor: string): Promise<SensorAnswer> {
  const one = await whatIsKnown(context, { site, sensor });
  const found = sensorNames(one, site).find((name) => name.sensor === sensor);
  if (found !== undefined) return describeSensors(one, [found])[0]!;
  const known = await whatIsKnown(context);
  const here = sensorNames(known, site);
  if (here.length === 0) throw unknownSite(known, site);
  throw new ApiProblem(
    'UNKNOWN_SENSOR',
    `There is no sensor ${sensor} at ${site}. Choose one of those there.`,
    [{ path: 'sensor', message: `sensors at ${site}: ${list(here.map((name) => name.sensor))}` }],
  );
}

/** All sensors of a site, by name. @throws ApiProblem UNKNOWN_SENSOR where it has none */
export async function findSensors(context: ApiContext, site: string): Promise<readonly SensorAnswer[]> {
  const here = await whatIsKnown(context, { site });
  const names = sensorNames(here, site);
  if (names.length === 0) throw unknownSite(await whatIsKnown(context), site);
  return describeSensors(here, names);
}

function unknownSite(known: Known, site: string): ApiProblem {
  const sites = [...new Set(sensorNames(known).map((name) => name.site))];
  const message =
    sites.length === 0 ? 'no sensor has sent a reading yet' : `sites with sensors: ${list(sites)}`;
  return new ApiProblem('UNKNOWN_SENSOR', `There is no sensor at ${site}. Choose a site that has one.`, [
    { path: 'site', message },
  ]);
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, namedMost).join(', ');
  return names.length > namedMost ? `${shown} and ${names.length - namedMost} more` : shown;
}
