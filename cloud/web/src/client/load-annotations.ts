// Annotations of the API, followed over its pages as far as a page can sensibly show them.
import type { AnnotationAnswer, AnnotationsAnswer } from '../../../src/api/answer/answers.ts';
import { fetchAnswer } from './fetch-answer.ts';

/** More on one chart tells nobody more; the API has them all. */
const maxAnnotations = 1_000;
const pageSize = 500;

export interface AnnotationFilter {
  readonly site: string;
  /** Left out: all of the site. */
  readonly sensor: string | undefined;
  /** Milliseconds since 1970; half-open. */
  readonly from: number;
  readonly to: number;
}

export function annotationsPath({ site, sensor, from, to }: AnnotationFilter): string {
  const query = new URLSearchParams({ site, ...(sensor !== undefined && { sensor }) });
  query.set('from', new Date(from).toISOString());
  query.set('to', new Date(to).toISOString());
  return `/api/v1/annotations?${query}`;
}

/** Newest first, at most 1,000. @throws AnswerError */
export async function loadAnnotations(
  path: string,
  signal: AbortSignal,
): Promise<readonly AnnotationAnswer[]> {
  const annotations: AnnotationAnswer[] = [];
  let cursor: string | null = '';
  while (cursor !== null && annotations.length < maxAnnotations) {
    const answer: AnnotationsAnswer = await fetchAnswer<AnnotationsAnswer>(
      `${path}&limit=${pageSize}${cursor && `&cursor=${cursor}`}`,
      signal,
    );
    annotations.push(...answer.annotations);
    cursor = answer.next;
  }
  return annotations;
}
