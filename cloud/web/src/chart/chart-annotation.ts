// An annotation as a chart shows it.
import type { AnnotationAnswer } from '../../../src/api/answer/answers.ts';
import type { Point } from '../series/point.ts';
import { nearest } from '../series/series.ts';

export interface ChartAnnotation {
  readonly id: string;
  /** As in the list under the charts: `#1` is the newest of the range. */
  readonly name: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** The moment after its last; null where `from` is all there is. */
  readonly to: number | null;
}

/** Those of one sensor, or of its whole site, that speak of a property or of none in particular. */
export function chartAnnotations(
  annotations: readonly AnnotationAnswer[],
  of: { readonly sensor: string; readonly property: string },
): ChartAnnotation[] {
  return annotations.flatMap(({ id, sensor, property, text, from, to }, i) =>
    (sensor !== null && sensor !== of.sensor) || (property !== null && property !== of.property)
      ? []
      : [
          {
            id,
            name: annotationName(i),
            text,
            from: Date.parse(from),
            to: to === null ? null : Date.parse(to),
          },
        ],
  );
}

/** Its name by its place among all of the range, newest first. */
export function annotationName(place: number): string {
  return `#${place + 1}`;
}

/** Those that hold at a point; a moment between two points holds at the nearer one. */
export function annotationsAt(
  annotations: readonly ChartAnnotation[],
  points: readonly Point[],
  at: number | undefined,
): readonly ChartAnnotation[] {
  if (at === undefined) return [];
  const { time } = points[at]!;
  return annotations.filter(
    ({ from, to }) => (to !== null && from <= time && time < to) || nearest(points, from) === at,
  );
}
