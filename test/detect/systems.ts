import { groupPoints } from './group-points.ts';
import { firstInEachStep } from './hourly.ts';
import { shesd } from './parameters.ts';
import { rollShesd } from './rolling-shesd.ts';
import type { Series } from './series.ts';
import type { FoundEvent, System } from './system.ts';
import { runWellhead } from './wellhead.ts';

/** All systems, peers first. Runs are kept in memory, so that the grouped variants cost nothing. */
export function createSystems(): readonly System[] {
  const points = remembered((series) => pointsOf(series, series.values));
  const byChannel = (
    found: readonly (readonly FoundEvent[])[],
    turn: (one: readonly FoundEvent[]) => readonly FoundEvent[],
  ) => found.flatMap(turn).sort((a, b) => a.start - b.start);
  return [
    {
      id: 'shesd',
      title: 'S-H-ESD, each point an alert',
      run: (series) => byChannel(points(series), (one) => one),
    },
    {
      id: 'shesd-events',
      title: 'S-H-ESD, points grouped',
      run: (series) => byChannel(points(series), (one) => groupPoints(one, shesd.mergeGap)),
    },
    { id: 'wellhead', title: 'Wellhead', run: remembered((series) => runWellhead(series)) },
  ];
}

/** One list for each channel: S-H-ESD knows one series of numbers and no faults. */
function pointsOf(series: Series, values: readonly Float64Array[]): FoundEvent[][] {
  return series.properties.map(({ name }, p) =>
    rollShesd(firstInEachStep(series.times, values[p]!, shesd.step)).map(({ time, ...rest }) => ({
      ...rest,
      kind: 'process',
      cause: 'anomaly',
      properties: [name],
      start: time,
      end: time,
    })),
  );
}

function remembered<T>(run: (series: Series) => T): (series: Series) => T {
  const kept = new Map<string, T>();
  return (series) => {
    if (!kept.has(series.id)) kept.set(series.id, run(series));
    return kept.get(series.id)!;
  };
}
