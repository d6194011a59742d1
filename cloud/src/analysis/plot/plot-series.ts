// A series as a picture: the line, its anomalies marked, axes that say what they measure. An SVG by itself,
// which every browser opens and every report takes.
import type { Anomaly } from '../detector/anomaly.ts';
import { ticksOf, timeTicksOf } from './ticks.ts';

export interface SeriesPlot {
  readonly title: string;
  /** What the vertical axis measures, with its unit if that is known. */
  readonly label: string;
  /** NaN is a gap in the line. */
  readonly values: Float64Array;
  /** ms since 1970; without them the horizontal axis counts values. */
  readonly times?: Float64Array;
  readonly anomalies: readonly Anomaly[];
  /** Episodes behind the line, by positions of values, both ends included. */
  readonly bands?: readonly PlotBand[];
}

export interface PlotBand {
  readonly start: number;
  readonly end: number;
  readonly kind: 'process' | 'fault' | 'maintenance';
  /** What a reader sees when pointing at it. */
  readonly text: string;
}

const width = 1000;
const height = 380;
const frame = { left: 72, right: 980, top: 40, bottom: 330 };
const colours = { ink: '#1f2a33', grid: '#dfe5ea', line: '#1f6f9f', mark: '#c8371b' };

const bandColours = { process: '#c8371b', fault: '#6b7680', maintenance: '#2f7d4f' } as const;
const letters = { process: 'P', fault: 'F', maintenance: 'M' } as const;

export function plotSeries({ title, label, values, times, anomalies, bands = [] }: SeriesPlot): string {
  const xs = times ?? Float64Array.from(values, (_, i) => i);
  const [left, right] = widened(xs[0] ?? 0, xs[xs.length - 1] ?? 1, 0);
  const [low, high] = widened(...rangeOf(values), 0.05);
  const x = (value: number) => frame.left + ((value - left) / (right - left)) * (frame.right - frame.left);
  const y = (value: number) => frame.bottom - ((value - low) / (high - low)) * (frame.bottom - frame.top);
  const down =
    times === undefined
      ? ticksOf(left, right, 10).map((at) => ({ at, label: String(at) }))
      : timeTicksOf(left, right, 9);
  const parts = [
    ...bands.map((band) => drawBand(band, (index) => x(xs[index]!))),
    ...ticksOf(low, high, 6).map(
      (at) =>
        `<path d="M${frame.left} ${pixel(y(at))}H${frame.right}" stroke="${colours.grid}"/>` +
        `<text x="${frame.left - 8}" y="${pixel(y(at) + 4)}" text-anchor="end">${at}</text>`,
    ),
    ...down.map(
      (tick) =>
        `<path d="M${pixel(x(tick.at))} ${frame.bottom}v5" stroke="${colours.ink}"/>` +
        `<text x="${pixel(x(tick.at))}" y="${frame.bottom + 20}" text-anchor="middle">${tick.label}</text>`,
    ),
    `<path d="M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}" fill="none" stroke="${colours.ink}"/>`,
    `<text x="${frame.left}" y="24" font-size="16" font-weight="600">${escaped(title)}</text>`,
    `<text transform="translate(18 ${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(label)}</text>`,
    ...(bands.length === 0
      ? []
      : [`<text x="${frame.left}" y="${height - 8}">P process, F fault of the sensor, M maintenance</text>`]),
    `<text x="${frame.right}" y="${height - 8}" text-anchor="end">${times === undefined ? 'data row, from 0' : 'time (UTC)'}</text>`,
    `<path d="${lineOf(values, (i) => x(xs[i]!), y)}" fill="none" stroke="${colours.line}" stroke-width="1.3" stroke-linejoin="round"/>`,
    `<g fill="${colours.mark}">`,
    ...anomalies.map(
      ({ index, value, expected }) =>
        `<circle cx="${pixel(x(xs[index]!))}" cy="${pixel(y(value))}" r="3.2"><title>row ${index}: ${value}, expected ${round(expected)}</title></circle>`,
    ),
    '</g>',
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.ink}">
<rect width="100%" height="100%" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}

/** Colour is not the only sign: each band says above what it is. */
function drawBand({ start, end, kind, text }: PlotBand, x: (index: number) => number): string {
  const left = x(start) - 2;
  const width = Math.max(4, x(end) + 2 - left);
  const colour = bandColours[kind];
  return (
    `<g><title>${escaped(text)}</title><rect x="${pixel(left)}" y="${frame.top}" width="${pixel(width)}" height="${frame.bottom - frame.top}" fill="${colour}" fill-opacity="0.22"/>` +
    `<text x="${pixel(left + width / 2)}" y="${frame.top - 4}" text-anchor="middle" font-size="11" fill="${colour}">${letters[kind]}</text></g>`
  );
}

/** The line, interrupted at gaps. Where values crowd, each pixel column shows its lowest and highest. */
function lineOf(values: Float64Array, x: (index: number) => number, y: (value: number) => number): string {
  const isCrowded = values.length > 4 * (frame.right - frame.left);
  let path = '';
  let isOpen = false;
  for (let i = 0; i < values.length; ) {
    const column = Math.round(x(i));
    let lowest = Number.NaN;
    let highest = Number.NaN;
    const first = i;
    do {
      const value = values[i]!;
      if (!(value >= lowest)) lowest = Number.isNaN(value) ? lowest : value;
      if (!(value <= highest)) highest = Number.isNaN(value) ? highest : value;
      i++;
    } while (isCrowded && i < values.length && Math.round(x(i)) === column);
    if (Number.isNaN(lowest)) {
      isOpen = false;
      continue;
    }
    path += `${isOpen ? 'L' : 'M'}${pixel(isCrowded ? column : x(first))} ${pixel(y(lowest))}`;
    if (highest > lowest) path += `V${pixel(y(highest))}`;
    isOpen = true;
  }
  return path;
}

function rangeOf(values: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Room at both ends; a range of nothing becomes one. */
function widened(low: number, high: number, share: number): [number, number] {
  if (!(high > low))
    return [low - Math.max(1, Math.abs(low) / 100), high + Math.max(1, Math.abs(high) / 100)];
  return [low - share * (high - low), high + share * (high - low)];
}

function pixel(position: number): string {
  return String(Number(position.toFixed(1)));
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
