// The events of one installation in Elasticsearch.
import type { estypes } from '@elastic/elasticsearch';
import type { Feedback, JudgedEvent, StoredEvent } from '../../../event/stored-event.ts';
import type { EventPage, EventQuery, EventSpan, FeedbackQuery } from '../../event-store.ts';
import { placesOf, planEvents } from '../../plan-events.ts';
import { type Cluster, searchWhole } from '../open/cluster.ts';
import { findPage, pageMost } from '../open/find-page.ts';
import { statusOf } from '../open/patience.ts';
import { writeDocuments } from '../open/write-documents.ts';
import { type EventDocument, eventDocument, eventOf, feedbackId } from './event-documents.ts';

type Filter = estypes.QueryDslQueryContainer[];

const writtenAtOnce = 500;

export async function replaceEvents(
  cluster: Cluster,
  spans: readonly EventSpan[],
  now: number,
): Promise<StoredEvent[]> {
  const held = new Map<string, StoredEvent>();
  const add = (events: readonly JudgedEvent[]) => {
    for (const { feedback: _, ...event } of events) held.set(event.id, event);
  };
  for (const { site, from, to } of placesOf(spans)) {
    const inPlace: Filter = [{ term: { site } }, { term: { withdrawn: false } }];
    add(await allEvents(cluster, [...inPlace, { range: { start: { gte: from, lt: to } } }]));
  }
  const ids = spans.flatMap(({ events }) => events.map(({ id }) => id)).filter((id) => !held.has(id));
  for (let i = 0; i < ids.length; i += writtenAtOnce)
    add(await allEvents(cluster, [{ terms: { id: ids.slice(i, i + writtenAtOnce) } }]));
  const changed = planEvents(spans, held, now);
  for (let i = 0; i < changed.length; i += writtenAtOnce)
    await writeDocuments(
      cluster,
      changed.slice(i, i + writtenAtOnce).map((event) => ({
        action: { update: { _index: cluster.names.events, _id: event.id, retry_on_conflict: 5 } },
        source: { doc: eventDocument(event), doc_as_upsert: true },
      })),
    );
  return changed;
}

/** @returns false if there is no such event */
export async function judgeEvent(cluster: Cluster, feedback: Feedback): Promise<boolean> {
  const event = await getEvent(cluster, feedback.event);
  if (event === undefined) return false;
  const { event: id, verdict, author, note, at } = feedback;
  const body = JSON.stringify({ event: id, verdict, author, note, at });
  const isNewest = event.feedback === undefined || event.feedback.at <= at;
  await writeDocuments(cluster, [
    {
      action: { index: { _index: cluster.names.feedback, _id: feedbackId(feedback) } },
      source: { event: id, site: event.site, sensors: event.sensors, verdict, at, body },
    },
    ...(isNewest
      ? [
          {
            action: { update: { _index: cluster.names.events, _id: id, retry_on_conflict: 5 } },
            source: { doc: { said: body, saidAt: at } },
          },
        ]
      : []),
  ]);
  return true;
}

/** One page, newest first by start and then id. */
export async function findEvents(cluster: Cluster, asked: EventQuery): Promise<EventPage> {
  const { items: events, next } = await findPage(asked, {
    search: (size, after) => searchEvents(cluster, { ...conditions(asked), size, after }),
    placeOf: ({ start, id }) => ({ start, id }),
  });
  return { events, ...(next && { next }) };
}

export async function getEvent({ client, names }: Cluster, id: string): Promise<JudgedEvent | undefined> {
  try {
    const { _source } = await client.get<EventDocument>({
      ...{ index: names.events, id, realtime: true },
      _source: ['body', 'said'],
    });
    return _source && eventOf(_source);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Oldest first. */
export async function findFeedback({ client, names }: Cluster, of: FeedbackQuery): Promise<Feedback[]> {
  const filter: Filter =
    'event' in of
      ? [{ term: { event: of.event } }]
      : 'since' in of
        ? [{ range: { at: { gte: of.since } } }]
        : [{ term: { site: of.site } }, { term: { sensors: of.sensor } }];
  const all: Feedback[] = [];
  for (let after: estypes.SortResults | undefined; ; ) {
    const { hits } = await searchWhole<{ body: string }>(client, {
      index: names.feedback,
      size: pageMost,
      _source: ['body'],
      query: { bool: { filter } },
      sort: [{ at: 'asc' }, { event: 'asc' }],
      ...(after && { search_after: after }),
    });
    for (const { _source } of hits.hits) all.push(JSON.parse(_source!.body) as Feedback);
    if (hits.hits.length < pageMost) return all;
    after = hits.hits.at(-1)!.sort;
  }
}

function conditions({ site, sensor, kind, from, to, open, withdrawn }: EventQuery): {
  filter: Filter;
  not: Filter;
} {
  const filter: Filter = [];
  const not: Filter = [];
  if (site !== undefined) filter.push({ term: { site } });
  if (sensor !== undefined) filter.push({ term: { sensors: sensor } });
  if (kind !== undefined) filter.push({ term: { kind } });
  if (from !== undefined) not.push({ range: { end: { lt: from } } });
  if (to !== undefined) filter.push({ range: { start: { lt: to } } });
  if (open !== undefined) (open ? not : filter).push({ exists: { field: 'end' } });
  if (withdrawn !== true) filter.push({ term: { withdrawn: false } });
  return { filter, not };
}

async function allEvents(cluster: Cluster, filter: Filter): Promise<JudgedEvent[]> {
  const all: JudgedEvent[] = [];
  for (let after: { start: number; id: string } | undefined; ; ) {
    const found = await cluster.patience.insist(() =>
      searchEvents(cluster, { filter, not: [], size: pageMost, after }),
    );
    all.push(...found);
    if (found.length < pageMost) return all;
    const { start, id } = found.at(-1)!;
    after = { start, id };
  }
}

async function searchEvents(
  { client, names }: Cluster,
  asked: {
    readonly filter: Filter;
    readonly not: Filter;
    readonly size: number;
    readonly after: { readonly start: number; readonly id: string } | undefined;
  },
): Promise<JudgedEvent[]> {
  const { filter, not, size, after } = asked;
  const { hits } = await searchWhole<EventDocument>(client, {
    ...{ index: names.events, size, track_total_hits: false, _source: ['body', 'said'] },
    query: { bool: { filter, must_not: not } },
    sort: [{ start: 'desc' }, { id: 'desc' }],
    ...(after && { search_after: [after.start, after.id] }),
  });
  return hits.hits.map(({ _source }) => eventOf(_source!));
}
