// Events and annotations beside the readings, in the same file and by the same connections.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { AnnotationStore } from '../annotation-store.ts';
import type { EventStore } from '../event-store.ts';
import { mustBeLimit } from '../limit.ts';
import { findAnnotations, withdrawAnnotation, writeAnnotation } from './annotation/annotation-table.ts';
import { findEvents, findFeedback, getEvent } from './event/find-events.ts';
import { replaceEvents, writeFeedback } from './event/write-events.ts';
import type { Query } from './open/query-lane.ts';

export interface BesideConnections {
  /** Does something in a transaction of its own, in turn with all other changes. */
  readonly change: <T>(work: (writer: DuckDBConnection) => Promise<T>) => Promise<T>;
  /** Asks something beside them. */
  readonly ask: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
}

export function createEventStore({ change, ask }: BesideConnections): EventStore {
  return {
    replace: (spans, now) => change((writer) => replaceEvents(writer, spans, now)),
    judge: (feedback) => change((writer) => writeFeedback(writer, feedback)),
    find: async (asked) => {
      mustBeLimit(asked.limit);
      return ask((query) => findEvents(query, asked));
    },
    get: (id) => ask((query) => getEvent(query, id)),
    feedback: (of) => ask((query) => findFeedback(query, of)),
  };
}

export function createAnnotationStore({ change, ask }: BesideConnections): AnnotationStore {
  return {
    add: (annotation) => change((writer) => writeAnnotation(writer, annotation)),
    withdraw: (id, withdrawal) => change((writer) => withdrawAnnotation(writer, id, withdrawal)),
    find: async (asked) => {
      mustBeLimit(asked.limit);
      return ask((query) => findAnnotations(query, asked));
    },
  };
}
