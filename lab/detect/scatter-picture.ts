// Recall against false events: the upper left corner is where one wants to be.
import type { Line } from './table.ts';

const width = 800;
const height = 440;
const frame = { left: 70, right: 540, top: 30, bottom: 380 };
const [lowest, highest] = [0.01, 200];
const colours = ['#9aa5ad', '#c8371b', '#d9902f', '#1f6f9f', '#3d8f5f', '#7b5ea7', '#444c52'];

const shapes = [
  { series: 'all labelled', part: 'held-out', title: 'labelled, held out', draw: circle(true) },
  { series: 'all labelled', part: 'training', title: 'labelled, training', draw: circle(false) },
  { series: 'all injected', part: 'held-out', title: 'process events put in, held out', draw: square },
] as const;

/** An SVG by itself: a mark for each system and group, with bars for the 95 % intervals. */
export function scatterPicture(lines: readonly Line[]): string {
  const systems = [...new Set(lines.map(({ system }) => system))];
  const colourOf = (system: string) => colours[systems.indexOf(system) % colours.length]!;
  const marks = shapes.flatMap(({ series, part, draw }) =>
    lines
      .filter((line) => line.series === series && line.part === part)
      .map(({ system, all, intervals }) => {
        const at = { x: across(all.falsePerMonth), y: up(all.recall) };
        const [left, right] = intervals.falsePerMonth.map(across);
        const [low, high] = intervals.recall.map(up);
        const colour = colourOf(system);
        return (
          `<path d="M${pixel(left!)} ${pixel(at.y)}H${pixel(right!)}M${pixel(at.x)} ${pixel(low!)}V${pixel(high!)}" stroke="${colour}" opacity="0.45"/>` +
          draw(at, colour) +
          cross({ x: at.x, y: up(all.chance) }, colour)
        );
      }),
  );
  const legend = [
    ...systems.map((system, s) => ({
      text: system,
      mark: (y: number) =>
        `<path d="M560 ${y - 4}h16" stroke="${colours[s % colours.length]}" stroke-width="4"/>`,
    })),
    ...shapes.map(({ title, draw }) => ({
      text: title,
      mark: (y: number) => draw({ x: 568, y: y - 4 }, '#1f2a33'),
    })),
    { text: 'recall by chance', mark: (y: number) => cross({ x: 568, y: y - 4 }, '#1f2a33') },
  ].map(({ text, mark }, i) => `${mark(50 + 22 * i)}<text x="584" y="${50 + 22 * i}">${text}</text>`);
  const grid = [
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].map(
      (share) =>
        `<path d="M${frame.left} ${pixel(up(share))}H${frame.right}" stroke="#dfe5ea"/><text x="${frame.left - 8}" y="${pixel(up(share) + 4)}" text-anchor="end">${share}</text>`,
    ),
    ...[0.01, 0.1, 1, 10, 100].map(
      (rate) =>
        `<path d="M${pixel(across(rate))} ${frame.top}V${frame.bottom}" stroke="#dfe5ea"/><text x="${pixel(across(rate))}" y="${frame.bottom + 18}" text-anchor="middle">${rate === lowest ? 'to 0.01' : rate}</text>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Recall against false events per sensor-month" font-family="system-ui, sans-serif" font-size="12" fill="#1f2a33">
<rect width="100%" height="100%" fill="#fff"/>
${grid.join('\n')}
<text x="${(frame.left + frame.right) / 2}" y="${height - 14}" text-anchor="middle">false events per sensor-month (log)</text>
<text transform="translate(20 ${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle">event recall</text>
${marks.join('\n')}
${legend.join('\n')}
</svg>
`;
}

function across(rate: number): number {
  const share = Math.log(Math.max(rate, lowest) / lowest) / Math.log(highest / lowest);
  return frame.left + Math.min(1, share) * (frame.right - frame.left);
}

function up(share: number): number {
  return frame.bottom - share * (frame.bottom - frame.top);
}

type Draw = (at: { readonly x: number; readonly y: number }, colour: string) => string;

function circle(isFull: boolean): Draw {
  return ({ x, y }, colour) =>
    `<circle cx="${pixel(x)}" cy="${pixel(y)}" r="6" fill="${isFull ? colour : '#fff'}" stroke="${colour}" stroke-width="2"/>`;
}

function cross({ x, y }: { readonly x: number; readonly y: number }, colour: string): string {
  return `<path d="M${pixel(x - 4)} ${pixel(y - 4)}l8 8m0 -8l-8 8" stroke="${colour}" stroke-width="1.5"/>`;
}

function square({ x, y }: { readonly x: number; readonly y: number }, colour: string): string {
  return `<rect x="${pixel(x - 5.5)}" y="${pixel(y - 5.5)}" width="11" height="11" fill="${colour}"/>`;
}

function pixel(position: number): string {
  return String(Number(position.toFixed(1)));
}
