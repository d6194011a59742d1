// What counting instruments said, against what the API gives back.
import { allReadings, type Comparison, exportDifferences } from './compare.ts';
import type { Said } from './counting-instruments.ts';

/** In the order they were numbered, the readings must rise: each answer once, none out of turn, no number left out. */
export async function compareCounts(
  apiUrl: string,
  sensor: string,
  { given, acknowledged }: Said,
): Promise<Comparison> {
  const examples: string[] = [];
  const example = (text: string) => {
    if (examples.length < 5) examples.push(`${sensor}: ${text}`);
  };
  const readings = await allReadings(apiUrl, sensor);
  const held = new Set<number>();
  let doubled = 0;
  let changed = 0;
  let invented = 0;
  let lost = 0;
  let before = { origin: '', seq: 0, answer: 0 };
  for (const { origin, seq, values } of [...readings].sort((a, b) => a.seq - b.seq)) {
    const answer = values.water_level;
    const key = `${origin}/${seq}`;
    if (typeof answer !== 'number' || !Number.isInteger(answer) || answer < 1 || answer > given) {
      invented++;
      example(`${key}: ${JSON.stringify(values)} was never said`);
      continue;
    }
    if (held.has(answer) || seq === before.seq) {
      doubled++;
      example(`${key}: answer ${answer} is there twice`);
    } else if (answer < before.answer) {
      changed++;
      example(`${key}: answer ${answer} stands behind ${before.answer}`);
    } else if (seq !== before.seq + 1 || (origin !== before.origin && before.seq > 0)) {
      lost += Math.max(1, seq - before.seq - 1);
      example(`between ${before.origin}/${before.seq} and ${key} something was journaled and is not there`);
    }
    held.add(answer);
    before = { origin, seq, answer };
  }
  for (const answer of acknowledged) {
    if (held.has(answer)) continue;
    lost++;
    example(`answer ${answer} was acknowledged and is not there`);
  }
  return {
    acknowledged: acknowledged.size,
    held: readings.length,
    lost,
    doubled,
    changed,
    invented,
    exportDiffers: await exportDifferences(apiUrl, sensor, readings),
    examples,
  };
}
