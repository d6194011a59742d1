// Changes of events, each in one transaction.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Feedback, StoredEvent } from '../../../event/stored-event.ts';
import type { EventSpan } from '../../event-store.ts';
import { eventText, feedbackText } from '../../event-text.ts';
import { heldFor, planEvents } from '../../plan-events.ts';
import type { Query } from '../open/query-lane.ts';
import { getEvent, heldEvents } from './find-events.ts';

/** Writes what a replacement comes to, within a transaction of the caller's. */
export async function replaceEvents(
  writer: DuckDBConnection,
  spans: readonly EventSpan[],
  now: number,
): Promise<StoredEvent[]> {
  const query: Query = (sql, values) => writer.run(sql, values);
  const held = await heldFor(spans, {
    inRange: ({ site, from, to }) =>
      heldEvents(query, 'NOT withdrawn AND site = $1 AND start >= $2 AND start < $3', [site, from, to]),
    byIds: (ids) => heldEvents(query, `id IN (${ids.map((_, at) => `$${at + 1}`).join(', ')})`, ids),
  });
  const changed = planEvents(spans, held, now);
  for (const event of changed) {
    if (held.has(event.id)) await query('DELETE FROM events WHERE id = $1', [event.id]);
    await writeEvent(query, event);
  }
  return changed;
}

async function writeEvent(query: Query, event: StoredEvent): Promise<void> {
  const { id, site, sensors, kind, start, end, withdrawn } = event;
  await query(
    `INSERT INTO events VALUES ($1, $2, list_value(${sensors.map((_, i) => `$${i + 8}`).join(', ')}), $3, $4::DOUBLE, $5::DOUBLE, $6, $7)`,
    [id, site, kind, start, end ?? null, withdrawn, eventText(event), ...sensors],
  );
}

/** @returns false if there is no such event */
export async function writeFeedback(writer: DuckDBConnection, feedback: Feedback): Promise<boolean> {
  const query: Query = (sql, values) => writer.run(sql, values);
  const event = await getEvent(query, feedback.event);
  if (event === undefined) return false;
  const { event: id, at } = feedback;
  const { site, sensors } = event;
  await query(
    `INSERT INTO feedback VALUES ($1, $2, list_value(${sensors.map((_, i) => `$${i + 5}`).join(', ')}), $3::DOUBLE, $4)`,
    [id, site, at, feedbackText(feedback), ...sensors],
  );
  return true;
}
