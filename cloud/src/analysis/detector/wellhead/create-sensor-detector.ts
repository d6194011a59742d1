// Looks at the readings of one sensor, property by property and together, and fuses what it sees to events.
import { causes } from '@wellhead/protocol';
import type { DetectedEvent } from '../../../event/event.ts';
import type { DetectionSettings, SensorDetector } from '../sensor-detector.ts';
import { Channel } from './channel.ts';
import { describeEpisode } from './describe.ts';
import { fuse } from './fuse.ts';
import { Multi } from './sighting/multi.ts';
import type { Looker } from './sighting/sighting.ts';

export const allLookers: readonly Looker[] = [
  ...(['local', 'spike', 'ramp', 'seasonal', 'shape', 'range', 'multi', 'code', 'quality'] as const),
];

/**
 * The detector beside S-H-ESD: faults first, then several quick ways to look at each property, thresholds set
 * by how often a year they may be passed, and one event for each episode.
 * @param lookers those that take part; for measuring what each is worth
 */
export function createSensorDetector(
  settings: DetectionSettings,
  lookers: readonly Looker[] = allLookers,
): SensorDetector {
  const { properties, interval, alarmsPerYear, caution = {}, maintenance = [] } = settings;
  const taking = new Set(lookers);
  const channels = properties.map(
    ({ name, resolution }) =>
      new Channel({
        interval,
        perYear: alarmsPerYear,
        caution: caution[name] ?? 1,
        lookers: taking,
        ...(resolution !== undefined && { resolution }),
      }),
  );
  const multi =
    properties.length > 1 && taking.has('multi')
      ? new Multi(properties.length, interval, alarmsPerYear)
      : undefined;
  const departures = new Float64Array(properties.length);
  return {
    push(time, values, flags, reasons) {
      let together = 0;
      if (multi !== undefined) {
        for (let p = 0; p < channels.length; p++) {
          const isMeasured = flags?.[p] !== 4 && flags?.[p] !== 9;
          departures[p] = isMeasured ? channels[p]!.departure(values[p]!) : 0;
        }
        together = multi.judge(time, departures);
      }
      for (let p = 0; p < channels.length; p++) {
        channels[p]!.push(time, values[p]!, flags?.[p] ?? 2, reasons?.[p] ?? causes.none, together);
      }
    },
    events: () =>
      fuse(
        channels.map(({ sightings }) => sightings),
        interval,
      ).map((episode): DetectedEvent => describeEpisode(episode, properties, maintenance)),
  };
}
