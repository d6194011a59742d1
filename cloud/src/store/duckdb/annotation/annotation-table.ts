// Annotations in the same file as the readings: what is asked for in columns, all of it beside as JSON.
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Annotation, Withdrawal } from '../../../event/annotation.ts';
import type { AnnotationPage, AnnotationQuery } from '../../annotation-store.ts';
import type { Query } from '../open/query-lane.ts';

export async function writeAnnotation(writer: DuckDBConnection, annotation: Annotation): Promise<void> {
  const { id, site, sensor, from, to, withdrawn } = annotation;
  if ((await heldAnnotation(writer, id)) !== undefined) return;
  await writer.run('INSERT INTO annotations VALUES ($1, $2, $3, $4::DOUBLE, $5::DOUBLE, $6, $7)', [
    ...[id, site, sensor, from, to, withdrawn !== null, JSON.stringify(annotation)],
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
    ...[id, JSON.stringify(changed)],
  ]);
  return changed;
}

/** One page, newest first by `from` and then id. */
export async function findAnnotations(query: Query, asked: AnnotationQuery): Promise<AnnotationPage> {
  const { all, values } = conditions(asked);
  const rows = await query(
    `SELECT body FROM annotations WHERE ${all.join(' AND ')} ORDER BY start DESC, id DESC LIMIT ${asked.limit + 1}`,
    values,
  );
  const found = (await rows.getRows()).map(([body]) => JSON.parse(body as string) as Annotation);
  const annotations = found.slice(0, asked.limit);
  if (found.length <= asked.limit) return { annotations };
  const { from: start, id } = annotations.at(-1)!;
  return { annotations, next: { start, id } };
}

async function heldAnnotation(writer: DuckDBConnection, id: string): Promise<Annotation | undefined> {
  const rows = await (await writer.run('SELECT body FROM annotations WHERE id = $1', [id])).getRows();
  return rows[0] && (JSON.parse(rows[0][0] as string) as Annotation);
}

function conditions(asked: AnnotationQuery): { all: string[]; values: DuckDBValue[] } {
  const all: string[] = [];
  const values: DuckDBValue[] = [];
  const place = (value: DuckDBValue) => `$${values.push(value)}`;
  const { site, sensor, from, to, withdrawn, after } = asked;
  all.push(`site = ${place(site)}`);
  if (sensor !== undefined) all.push(`(sensor IS NULL OR sensor = ${place(sensor)})`);
  if (from !== undefined) {
    const first = place(from);
    // A moment is in the range it begins; the end of a span is the moment after it.
    all.push(`(start >= ${first} OR "end" > ${first})`);
  }
  if (to !== undefined) all.push(`start < ${place(to)}`);
  if (withdrawn !== true) all.push('NOT withdrawn');
  if (after !== undefined) {
    const start = place(after.start);
    all.push(`(start < ${start} OR (start = ${start} AND id < ${place(after.id)}))`);
  }
  return { all, values };
}
