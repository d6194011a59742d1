// Names events so that the same data give the same name, whoever looks at them how often.
import type { DetectedEvent } from '../../event/event.ts';

/** What is named after: an event that is decided to be of another group is another event. */
type Named = Pick<DetectedEvent, 'kind' | 'properties' | 'start'>;

/**
 * The ids of all events of one sensor, in the order given. An event is named after site, sensor, start, and whether
 * the ground or the instrument (or people) did it; only where two of these begin with the same reading, the later one
 * in the list is named after its first property too, so that an event keeps its name when another property comes to
 * tell more.
 */
export function eventIds(site: string, sensor: string, events: readonly Named[]): string[] {
  const taken = new Set<string>();
  return events.map(({ kind, properties, start }) => {
    const group = kind === 'process' ? 'process' : 'instrument';
    let text = JSON.stringify([site, sensor, group, start]);
    for (let more = 0; taken.has(text); more++)
      text = JSON.stringify([site, sensor, group, start, properties[0] ?? '', ...(more > 0 ? [more] : [])]);
    taken.add(text);
    return hash(text);
  });
}

/** The id of the regional event of a site that began with the reading of `start` at one of its sensors. */
export function regionalId(site: string, property: string, start: number): string {
  return hash(JSON.stringify([site, property, start, 'regional']));
}

const offsetBasis = 0xcbf2_9ce4_8422_2325n;
const prime = 0x100_0000_01b3n;
const digits = 13;

/** FNV-1a of 64 bits over the UTF-8 bytes: among a million events, two of one name are one chance in 37 million. */
function hash(text: string): string {
  let value = offsetBasis;
  for (const byte of new TextEncoder().encode(text))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * prime);
  return value.toString(36).padStart(digits, '0');
}
