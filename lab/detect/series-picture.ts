// One property of a series, and under it in strips: what is true, and what each system told.
import { ticksOf, timeTicksOf } from '../../cloud/src/analysis/plot/ticks.ts';
import type { Series, Span } from './series.ts';
import type { FoundEvent } from './system.ts';

export interface SeriesPicture {
  readonly title: string;
  readonly series: Series;
  readonly property: string;
  readonly span: Span;
  readonly strips: readonly Strip[];
}

export interface Strip {
  readonly title: string;
  readonly colour: string;
  readonly spans: readonly Span[];
}

const width = 1000;
const frame = { left: 150, right: 950, top: 36, bottom: 270 };
const strip = { top: 296, height: 14, step: 24 };

export function seriesPicture({ title, series, property, span, strips }: SeriesPicture): string {
  const p = series.properties.findIndex(({ name }) => name === property);
  const { unit, title: label } = series.properties[p]!;
  const inside = [...series.times.keys()].filter(
    (i) => series.times[i]! >= span.from && series.times[i]! <= span.to,
  );
  const shown = inside.map((i) => series.values[p]![i]!).filter((value) => !Number.isNaN(value));
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const room = 0.05 * (high - low || 1);
  const x = (time: number) =>
    frame.left +
    ((Math.min(Math.max(time, span.from), span.to) - span.from) / (span.to - span.from)) *
      (frame.right - frame.left);
  const y = (value: number) =>
    frame.bottom - ((value - low + room) / (high - low + 2 * room)) * (frame.bottom - frame.top);
  let line = '';
  let previous = Number.NEGATIVE_INFINITY;
  for (const i of inside) {
    const [time, value] = [series.times[i]!, series.values[p]![i]!];
    if (Number.isNaN(value)) continue;
    line += `${time - previous > 2 * series.interval ? 'M' : 'L'}${pixel(x(time))} ${pixel(y(value))}`;
    previous = time;
  }
  const height = strip.top + strip.step * strips.length + 30;
  const parts = [
    ...ticksOf(low, high, 5).map(
      (at) =>
        `<path d="M${frame.left} ${pixel(y(at))}H${frame.right}" stroke="#dfe5ea"/><text x="${frame.left - 8}" y="${pixel(y(at) + 4)}" text-anchor="end">${at}</text>`,
    ),
    ...timeTicksOf(span.from, span.to, 8).map(
      (tick) =>
        `<path d="M${pixel(x(tick.at))} ${frame.top}V${height - 30}" stroke="#eef1f4"/><text x="${pixel(x(tick.at))}" y="${height - 10}" text-anchor="middle">${tick.label}</text>`,
    ),
    `<text x="${frame.left}" y="22" font-size="15" font-weight="600">${title}</text>`,
    `<text transform="translate(90 ${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle">${label}${unit && `, ${unit}`}</text>`,
    `<path d="${line}" fill="none" stroke="#1f2a33" stroke-width="1.1" stroke-linejoin="round"/>`,
    ...strips.map((one, s) => stripOf(one, strip.top + strip.step * s, span, x)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2a33">
<rect width="100%" height="100%" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}

/** Events as spans for a strip; only those of the property. */
export function spansOf(
  found: readonly FoundEvent[],
  property: string,
  isWanted: (event: FoundEvent) => boolean,
): Span[] {
  return found
    .filter((event) => event.properties.includes(property) && isWanted(event))
    .map(({ start, end }) => ({ from: start, to: end }));
}

function stripOf({ title, colour, spans }: Strip, top: number, span: Span, x: (time: number) => number) {
  const bars = spans
    .filter(({ from, to }) => to >= span.from && from <= span.to)
    .map(({ from, to }) => {
      const wide = Math.max(2, x(to) - x(from));
      return `<rect x="${pixel(x(from))}" y="${top}" width="${pixel(wide)}" height="${strip.height}"/>`;
    });
  return `<text x="${frame.left - 8}" y="${top + 11}" text-anchor="end">${title}</text><path d="M${frame.left} ${top + strip.height}H${frame.right}" stroke="#dfe5ea"/><g fill="${colour}">${bars.join('')}</g>`;
}

function pixel(position: number): string {
  return String(Number(position.toFixed(1)));
}
