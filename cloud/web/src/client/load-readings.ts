// Loads a range as it can be drawn: every reading where they are few, lowest and highest of stretches where not.
import type {
  ReadingsAnswer,
  SensorAnswer,
  StoredReading,
  ThinnedAnswer,
} from '../../../src/api/answer/answers.ts';
import { fetchAnswer } from './fetch-answer.ts';
import { readingsPath } from './list-path.ts';

/** Two for each pixel of a wide chart: more can be loaded, but not seen. */
const points = 3_000;

export interface Loaded {
  /** Present where the range holds more readings than can be seen. */
  readonly thinned: ThinnedAnswer | undefined;
  /** All of the range; beside a thinned one, those that have arrived since. */
  readonly readings: readonly StoredReading[];
}

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly signal: AbortSignal;
}

/** @throws AnswerError */
export async function loadReadings(sensor: SensorAnswer, { from, to, signal }: Asked): Promise<Loaded> {
  const sent = sensor.properties.filter(({ isSent }) => isSent).map(({ name }) => name);
  const only = sent.length === 0 ? '' : `&properties=${sent.join()}`;
  const path = `${readingsPath(sensor, { from, to })}${only}&thin=minmax&points=${points}`;
  const answer = await fetchAnswer<ReadingsAnswer | ThinnedAnswer>(path, signal);
  return answer.method === 'minmax'
    ? { thinned: answer, readings: [] }
    : { thinned: undefined, readings: answer.readings as readonly StoredReading[] };
}
