// An annotation as people and programs read it: times as text.
import { isoOrNull, isoTime } from '@wellhead/protocol';
import type { Annotation } from '../../event/annotation.ts';
import type { AnnotationAnswer } from './answers.ts';

export function answerAnnotation(annotation: Annotation): AnnotationAnswer {
  const { from, to, at, withdrawn, ...rest } = annotation;
  return {
    ...rest,
    from: isoTime(from),
    to: isoOrNull(to),
    at: isoTime(at),
    withdrawn: withdrawn && { by: withdrawn.by, at: isoTime(withdrawn.at) },
  };
}
