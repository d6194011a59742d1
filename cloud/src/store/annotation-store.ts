// PORT: holds what people wrote beside the readings, for those who look at them.
import type { Annotation, Withdrawal } from '../event/annotation.ts';
import type { StartCursor } from './start-cursor.ts';

export interface AnnotationQuery {
  readonly site: string;
  /** Those about this sensor, and those about the whole site. */
  readonly sensor?: string;
  /** Half-open; an annotation that overlaps it is found. */
  readonly from?: number;
  readonly to?: number;
  /** Withdrawn ones too. */
  readonly withdrawn?: boolean;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: StartCursor;
}

export interface AnnotationPage {
  /** Newest first, by `from` and then id. */
  readonly annotations: readonly Annotation[];
  /** Present exactly when more follow. */
  readonly next?: StartCursor;
}

/**
 * Holds what people wrote, for those who look at readings.
 *
 * Promises: an annotation is never changed or deleted, only withdrawn, and that once; what a resolved call said is
 * there for the next query and after a kill.
 */
export interface AnnotationStore {
  /** An id that is held already is a no-op. */
  add(annotation: Annotation): Promise<void>;
  find(query: AnnotationQuery): Promise<AnnotationPage>;
  /** Returns it as it is held now, with the first withdrawal; undefined if there is none with this id. */
  withdraw(id: string, withdrawal: Withdrawal): Promise<Annotation | undefined>;
}
