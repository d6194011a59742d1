// Annotations of the API, as far as a page can sensibly show them.
import type { AnnotationAnswer, AnnotationsAnswer } from '../../../src/api/answer/answers.ts';
import { loadPages } from './load-pages.ts';

/** More on one chart tells nobody more; the API has them all. */
const max = 1_000;

/** Newest first, at most 1,000. @throws AnswerError */
export function loadAnnotations(path: string, signal: AbortSignal): Promise<readonly AnnotationAnswer[]> {
  const itemsOf = ({ annotations }: AnnotationsAnswer) => annotations;
  return loadPages(path, signal, { itemsOf, pageSize: 500, max });
}
