import { allLookers } from '../../cloud/src/analysis/detector/wellhead/create-sensor-detector.ts';
import type { Looker } from '../../cloud/src/analysis/detector/wellhead/sighting/sighting.ts';
import { groupPoints } from './group-points.ts';
import { maskFaults } from './mask-faults.ts';
import { shesd } from './parameters.ts';
import type { Series } from './series.ts';
import { shesdPoints } from './shesd-points.ts';
import type { FoundEvent, System } from './system.ts';
import { runWellhead } from './wellhead.ts';

/** What each part is worth: Wellhead without it. */
const ablations: readonly { id: string; title: string; without: readonly Looker[] }[] = [
  {
    id: 'wellhead-quick',
    title: 'Wellhead without what looks at days: ramp, season, shape, range, other properties',
    without: ['ramp', 'seasonal', 'shape', 'range', 'multi'],
  },
  { id: 'wellhead-no-spikes', title: 'Wellhead without its test for spikes', without: ['spike'] },
  {
    id: 'wellhead-no-faults',
    title: 'Wellhead without knowing codes and quality flags',
    without: ['code', 'quality'],
  },
];

/** All systems, peers first. Runs are kept in memory, so that the grouped variants cost nothing. */
export function createSystems(): readonly System[] {
  const wellhead = remembered((series) => runWellhead(series));
  const grouped = (channel: readonly FoundEvent[]) => groupPoints(channel, shesd.mergeGap);
  return [
    {
      id: 'shesd',
      title: 'S-H-ESD, each point an alert',
      run: (series) => byStart(shesdPoints(series, series.values)),
    },
    {
      id: 'shesd-events',
      title: 'S-H-ESD, points of each channel grouped into events',
      run: (series) => byStart(shesdPoints(series, series.values).map(grouped)),
    },
    {
      id: 'shesd-sensor',
      title: 'S-H-ESD, points of all channels of a sensor grouped into events',
      run: (series) => groupPoints(byStart(shesdPoints(series, series.values)), shesd.mergeGap),
    },
    {
      id: 'shesd-masked',
      title: 'S-H-ESD, faults masked before, points grouped into events',
      run: (series) => byStart(shesdPoints(series, maskFaults(series, wellhead)).map(grouped)),
    },
    { id: 'wellhead', title: 'Wellhead', run: wellhead },
    ...ablations.map(({ id, title, without }) => ({
      id,
      title,
      run: remembered((series) =>
        runWellhead(
          series,
          allLookers.filter((looker) => !without.includes(looker)),
        ),
      ),
    })),
  ];
}

function byStart(channels: readonly (readonly FoundEvent[])[]): FoundEvent[] {
  return channels.flat().sort((a, b) => a.start - b.start);
}

function remembered<T>(run: (series: Series) => T): (series: Series) => T {
  const kept = new WeakMap<Series, T>();
  return (series) => {
    const result = kept.get(series) ?? run(series);
    kept.set(series, result);
    return result;
  };
}
