// What belongs to the range that charts show, events and annotations, asked for as it slides and zooms.
import { hourMs } from '@wellhead/protocol';
import { useMemo, useRef } from 'preact/hooks';
import type { AnnotationAnswer, EventAnswer } from '../../../src/api/answer/answers.ts';
import type { Span } from '../page/step-range.ts';
import { annotationsPath, eventsPath } from './list-path.ts';
import { loadAnnotations } from './load-annotations.ts';
import { loadEvents } from './load-events.ts';
import { type Answer, useAnswer } from './use-answer.ts';

/** A range that slides must not ask with every reading. */
const grainMs = hourMs;
const everyMs = 30_000;

interface RangeAnswers {
  readonly events: Held<EventAnswer>;
  readonly annotations: Held<AnnotationAnswer>;
}

export interface Held<Item> extends Pick<Answer<unknown>, 'problem' | 'reload'> {
  /** Those of the range before stay while those of the next are on their way. */
  readonly items: readonly Item[];
}

export function useRangeAnswers(site: string, sensor: string | undefined, bounds: Span): RangeAnswers {
  const from = Math.floor(bounds.from / grainMs) * grainMs;
  const to = Math.ceil(bounds.to / grainMs) * grainMs;
  const asked = { site, sensor, from, to };
  return {
    events: useHeld(useAnswer(eventsPath(asked), { load: loadEvents, everyMs })),
    annotations: useHeld(useAnswer(annotationsPath(asked), { load: loadAnnotations, everyMs })),
  };
}

function useHeld<Item>({ data, problem, reload }: Answer<readonly Item[]>): Held<Item> {
  const held = useRef<readonly Item[]>([]);
  held.current = data ?? held.current;
  const items = held.current;
  return useMemo(() => ({ items, problem, reload }), [items, problem, reload]);
}
