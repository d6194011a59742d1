// Which stretch of which series is shown.
import { bgsSeries } from './bgs-series.ts';
import { generatedSeries } from './generated-series.ts';
import { injectedSeries } from './injected-series.ts';
import type { Series, Span } from './series.ts';
import { type SeriesPicture, type Strip, seriesPicture, spansOf } from './series-picture.ts';
import type { System } from './system.ts';

const day = 86_400_000;

/** Pictures for the docs: only of series that were made here. Both boreholes are held out. */
export function examplePictures(systems: readonly System[]): Readonly<Record<string, string>> {
  const process = injectedSeries(103);
  const fault = generatedSeries(3);
  return {
    'detection-process.svg': picture(systems, process, {
      title: 'A generated borehole (held out) with process events put in: water level',
      property: 'water_level',
      span: daysOf(process, 40, 110),
    }),
    'detection-faults.svg': picture(systems, fault, {
      title: 'A generated borehole (held out) with faults of the instrument: conductivity',
      property: 'sec',
      span: daysOf(fault, 30, 100),
    }),
  };
}

/** EMB3, conductivity in February 2017: its zeros are the usual example. Not for the docs: the data are not ours. */
export function borehole3Picture(systems: readonly System[]): string | undefined {
  const [series] = bgsSeries.find(({ id }) => id === 'bgs-emb3')!.load();
  if (series === undefined) return undefined;
  return picture(systems, series, {
    title: 'BGS EMB3, February 2017: conductivity',
    property: 'sec',
    span: { from: Date.UTC(2017, 1, 1), to: Date.UTC(2017, 2, 1) - 1 },
  });
}

function picture(
  systems: readonly System[],
  series: Series,
  shown: Pick<SeriesPicture, 'title' | 'property' | 'span'>,
): string {
  const of = (id: string) => systems.find((system) => system.id === id)?.run(series) ?? [];
  const { property } = shown;
  const truths = series.labels.filter(({ properties }) => properties?.includes(property) ?? true);
  const strips: Strip[] = [
    { title: 'true', colour: '#1f2a33', spans: truths },
    ...(series.hard ? [{ title: 'recharge', colour: '#9cc4a5', spans: series.hard }] : []),
    { title: 'S-H-ESD points', colour: '#c8371b', spans: spansOf(of('shesd'), property, () => true) },
    {
      title: 'Wellhead process',
      colour: '#1f6f9f',
      spans: spansOf(of('wellhead'), property, ({ kind }) => kind === 'process'),
    },
    {
      title: 'Wellhead fault',
      colour: '#d9902f',
      spans: spansOf(of('wellhead'), property, ({ kind }) => kind === 'fault'),
    },
  ];
  return seriesPicture({ ...shown, series, strips });
}

function daysOf({ times }: Series, from: number, to: number): Span {
  return { from: times[0]! + from * day, to: times[0]! + to * day };
}
