// An annotation as people and programs read it: times as text.
import type { Annotation } from '../../event/annotation.ts';
import type { AnnotationAnswer } from './answers.ts';

export function answerAnnotation(annotation: Annotation): AnnotationAnswer {
  const { from, to, at, withdrawn, ...rest } = annotation;
  const iso = (time: number) => new Date(time).toISOString();
  return {
    ...rest,
    ...{ from: iso(from), to: to === null ? null : iso(to), at: iso(at) },
    withdrawn: withdrawn === null ? null : { by: withdrawn.by, at: iso(withdrawn.at) },
  };
}
