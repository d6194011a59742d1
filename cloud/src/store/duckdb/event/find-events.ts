// Questions about events.
import type { DuckDBValue } from '@duckdb/node-api';
import type { Feedback, JudgedEvent, StoredEvent } from '../../../event/stored-event.ts';
import type { EventPage, EventQuery, FeedbackQuery } from '../../event-store.ts';
import { eventOfText } from '../../event-text.ts';
import { type Conditions, newestPage } from '../open/newest-page.ts';
import type { Query } from '../open/query-lane.ts';

/** The newest verdict of each event; of two of the same moment the one that was given last. */
const newest =
  'LEFT JOIN (SELECT event, arg_max(body, (said_at, rowid)) AS said FROM feedback GROUP BY event) ON event = id';

/** One page, newest first by start and then id. */
export async function findEvents(query: Query, asked: EventQuery): Promise<EventPage> {
  const { items: events, next } = await newestPage(query, {
    select: `SELECT body, said FROM events ${newest}`,
    ...conditions(asked),
    limit: asked.limit,
    after: asked.after,
    read: judged,
    placeOf: ({ start, id }) => ({ start, id }),
  });
  return { events, ...(next && { next }) };
}

export async function getEvent(query: Query, id: string): Promise<JudgedEvent | undefined> {
  const rows = await rowsOf(query, `SELECT body, said FROM events ${newest} WHERE id = $1`, [id]);
  return rows[0] && judged(rows[0]);
}

/** Oldest first. */
export async function findFeedback(query: Query, of: FeedbackQuery): Promise<Feedback[]> {
  const [where, values]: [string, DuckDBValue[]] =
    'event' in of
      ? ['event = $1', [of.event]]
      : 'since' in of
        ? ['said_at >= $1', [of.since]]
        : ['site = $1 AND list_contains(sensors, $2)', [of.site, of.sensor]];
  const rows = await rowsOf(
    query,
    `SELECT body FROM feedback WHERE ${where} ORDER BY said_at, rowid`,
    values,
  );
  return rows.map(([body]) => JSON.parse(body as string) as Feedback);
}

/** Those with one of the ids, and those that start in a span of a site and are not withdrawn. */
export async function heldEvents(query: Query, where: string, values: DuckDBValue[]): Promise<StoredEvent[]> {
  const rows = await rowsOf(query, `SELECT body FROM events WHERE ${where}`, values);
  return rows.map(([body]) => eventOfText(body as string));
}

function conditions(asked: EventQuery): Conditions {
  const all: string[] = [];
  const values: DuckDBValue[] = [];
  const place = (value: DuckDBValue) => `$${values.push(value)}`;
  const { site, sensor, kind, from, to, open, withdrawn } = asked;
  if (site !== undefined) all.push(`site = ${place(site)}`);
  if (sensor !== undefined) all.push(`list_contains(sensors, ${place(sensor)})`);
  if (kind !== undefined) all.push(`kind = ${place(kind)}`);
  if (from !== undefined) all.push(`("end" IS NULL OR "end" >= ${place(from)})`);
  if (to !== undefined) all.push(`start < ${place(to)}`);
  if (open !== undefined) all.push(`"end" IS ${open ? '' : 'NOT '}NULL`);
  if (withdrawn !== true) all.push('NOT withdrawn');
  return { all, values };
}

async function rowsOf(query: Query, sql: string, values: DuckDBValue[]): Promise<unknown[][]> {
  return (await query(sql, values)).getRows();
}

function judged([body, said]: readonly unknown[]): JudgedEvent {
  const event = eventOfText(body as string);
  return typeof said === 'string' ? { ...event, feedback: JSON.parse(said) as Feedback } : event;
}
