// Annotations in the same file as the readings: what is asked for in columns, all of it beside as JSON.
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Annotation, Withdrawal } from '../../../event/annotation.ts';
import type { AnnotationPage, AnnotationQuery } from '../../annotation-store.ts';
import { type Conditions, newestPage } from '../open/newest-page.ts';
import type { Query } from '../open/query-lane.ts';

export async function writeAnnotation(writer: DuckDBConnection, annotation: Annotation): Promise<void> {
  const { id, site, sensor, from, to, withdrawn } = annotation;
  if ((await heldAnnotation(writer, id)) !== undefined) return;
  await writer.run('INSERT INTO annotations VALUES ($1, $2, $3, $4::DOUBLE, $5::DOUBLE, $6, $7)', [
    id,
    site,
    sensor,
    from,
    to,
    withdrawn !== null,
    JSON.stringify(annotation),
  ]);
}

export async function withdrawAnnotation(
  writer: DuckDBConnection,
  id: string,
  withdrawn: Withdrawal,
): Promise<Annotation | undefined> {
  const held = await heldAnnotation(writer, id);
  if (held === undefined || held.withdrawn !== null) return held;
  const changed = { ...held, withdrawn };
  await writer.run('UPDATE annotations SET withdrawn = true, body = $2 WHERE id = $1', [
    id,
    JSON.stringify(changed),
  ]);
  return changed;
}

/** One page, newest first by `from` and then id. */
export async function findAnnotations(query: Query, asked: AnnotationQuery): Promise<AnnotationPage> {
  const { items: annotations, next } = await newestPage(query, {
    select: 'SELECT body FROM annotations',
    ...conditions(asked),
    limit: asked.limit,
    after: asked.after,
    read: annotationOf,
    placeOf: ({ from: start, id }) => ({ start, id }),
  });
  return { annotations, ...(next && { next }) };
}

async function heldAnnotation(writer: DuckDBConnection, id: string): Promise<Annotation | undefined> {
  const rows = await (await writer.run('SELECT body FROM annotations WHERE id = $1', [id])).getRows();
  return rows[0] && annotationOf(rows[0]);
}

function annotationOf([body]: readonly unknown[]): Annotation {
  return JSON.parse(body as string) as Annotation;
}

function conditions(asked: AnnotationQuery): Conditions {
  const all: string[] = [];
  const values: DuckDBValue[] = [];
  const place = (value: DuckDBValue) => `$${values.push(value)}`;
  const { site, sensor, from, to, withdrawn } = asked;
  all.push(`site = ${place(site)}`);
  if (sensor !== undefined) all.push(`(sensor IS NULL OR sensor = ${place(sensor)})`);
  if (from !== undefined) {
    const first = place(from);
    // A moment is in the range it begins; the end of a span is the moment after it.
    all.push(`(start >= ${first} OR "end" > ${first})`);
  }
  if (to !== undefined) all.push(`start < ${place(to)}`);
  if (withdrawn !== true) all.push('NOT withdrawn');
  return { all, values };
}
