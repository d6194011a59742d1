// What an episode is to people: its kind, its cause, and the evidence in words.
import type { DetectedEvent, Evidence } from '../../../event/event.ts';
import type { DetectionSettings, PropertyDetection } from '../sensor-detector.ts';
import type { Episode } from './fuse.ts';
import type { Looker, Sighting } from './sighting/sighting.ts';

/** An episode as an event; inside a maintenance window it is what people did there. */
export function describeEpisode(
  { isFault, members, start, end }: Episode,
  properties: readonly PropertyDetection[],
  maintenance: NonNullable<DetectionSettings['maintenance']>,
): DetectedEvent {
  const ranked = members.toSorted((a, b) => b.sighting.score - a.sighting.score);
  const { sighting: main } = ranked[0]!;
  const isOpen = members.some(({ sighting }) => sighting.isOpen);
  const isMaintenance = maintenance.some(({ from, to }) => start < to && end >= from);
  return {
    kind: isMaintenance ? 'maintenance' : isFault ? 'fault' : 'process',
    cause: main.cause,
    properties: [...new Set(ranked.map(({ property }) => properties[property]!.name))],
    start,
    peak: main.peak,
    ...(!isOpen && { end }),
    decidedAt: Math.min(...members.map(({ sighting }) => sighting.decidedAt)),
    value: main.value,
    expected: main.expected,
    score: main.score,
    evidence: ranked.slice(0, 8).map(({ property, sighting }) => evidenceOf(properties[property]!, sighting)),
  };
}

const saw: Readonly<Record<Looker, string>> = {
  local: 'it left the level of the readings just before',
  spike: 'it was off and back within a few readings',
  ramp: 'its level moved away from that of a day before',
  seasonal: "it left the day's usual course",
  shape: 'the course of the last 24 hours was like none before',
  range: 'it was outside all of the last year',
  multi: 'it no longer moved with the other properties',
  code: 'it read a number that stands for a failed measurement',
  quality: 'the quality tests refused it',
};

function evidenceOf(property: PropertyDetection, sighting: Sighting): Evidence {
  const { looker, value, expected, score, supporters } = sighting;
  const numbers = Number.isFinite(expected)
    ? `${readable(value, property)} where ${readable(expected, property)} was expected`
    : readable(value, property);
  const strength =
    looker === 'quality' || looker === 'code' ? '' : `, ${score.toFixed(1)} times the threshold`;
  const also = supporters.size === 0 ? '' : `; also seen by: ${[...supporters].join(', ')}`;
  return {
    detector: looker,
    property: property.name,
    text: `${property.title}: ${saw[looker]} (${numbers}${strength})${also}`,
  };
}

/** With its unit, and as many decimals as the instrument shows, or five digits. */
function readable(value: number, { resolution, unit }: PropertyDetection): string {
  if (!Number.isFinite(value)) return 'no value';
  const text =
    resolution === undefined
      ? String(Number(value.toPrecision(5)))
      : value.toFixed(Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9)));
  return unit === '' ? text : `${text} ${unit}`;
}
