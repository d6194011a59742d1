// The events of one installation in Elasticsearch.
import type { estypes } from '@elastic/elasticsearch';
import type { Feedback, JudgedEvent, StoredEvent } from '../../../event/stored-event.ts';
import type { EventPage, EventQuery, EventSpan, FeedbackQuery } from '../../event-store.ts';
import { feedbackText } from '../../event-text.ts';
import { heldFor, planEvents } from '../../plan-events.ts';
import type { StartCursor } from '../../start-cursor.ts';
import { type Cluster, searchWhole } from '../open/cluster.ts';
import { findPage, pageMost } from '../open/find-page.ts';
import { getDocument, newestDocuments } from '../open/newest-documents.ts';
import { writeDocuments } from '../open/write-documents.ts';
import { type EventDocument, eventDocument, eventOf, feedbackId } from './event-documents.ts';

type Filter = estypes.QueryDslQueryContainer[];

const writtenAtOnce = 500;
const fields = ['body', 'said'];

export async function replaceEvents(
  cluster: Cluster,
  spans: readonly EventSpan[],
  now: number,
): Promise<StoredEvent[]> {
  const held = await heldFor(spans, {
    inRange: ({ site, from, to }) =>
      allEvents(cluster, [
        { term: { site } },
        { term: { withdrawn: false } },
        { range: { start: { gte: from, lt: to } } },
      ]),
    byIds: (ids) => allEvents(cluster, [{ terms: { id: ids } }]),
  });
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
  const { event: id, verdict, at } = feedback;
  const body = feedbackText(feedback);
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
    search: (size, after) => searchEvents(cluster, { bool: conditions(asked), size, after }),
    placeOf,
  });
  return { events, ...(next && { next }) };
}

export async function getEvent(cluster: Cluster, id: string): Promise<JudgedEvent | undefined> {
  const document = await getDocument<EventDocument>(cluster, { index: cluster.names.events, id, fields });
  return document && eventOf(document);
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

function conditions({
  site,
  sensor,
  kind,
  from,
  to,
  open,
  withdrawn,
}: EventQuery): estypes.QueryDslBoolQuery {
  const filter: Filter = [];
  const not: Filter = [];
  if (site !== undefined) filter.push({ term: { site } });
  if (sensor !== undefined) filter.push({ term: { sensors: sensor } });
  if (kind !== undefined) filter.push({ term: { kind } });
  if (from !== undefined) not.push({ range: { end: { lt: from } } });
  if (to !== undefined) filter.push({ range: { start: { lt: to } } });
  if (open !== undefined) (open ? not : filter).push({ exists: { field: 'end' } });
  if (withdrawn !== true) filter.push({ term: { withdrawn: false } });
  return { filter, must_not: not };
}

/** Without what was said of them. */
async function allEvents(cluster: Cluster, filter: Filter): Promise<StoredEvent[]> {
  const all: JudgedEvent[] = [];
  for (let after: StartCursor | undefined; ; ) {
    const found = await cluster.retryPolicy.insist(() =>
      searchEvents(cluster, { bool: { filter }, size: pageMost, after }),
    );
    all.push(...found);
    if (found.length < pageMost) return all.map(({ feedback: _, ...event }) => event);
    after = placeOf(found.at(-1)!);
  }
}

function placeOf({ start, id }: StoredEvent): StartCursor {
  return { start, id };
}

async function searchEvents(
  cluster: Cluster,
  asked: {
    readonly bool: estypes.QueryDslBoolQuery;
    readonly size: number;
    readonly after: StartCursor | undefined;
  },
): Promise<JudgedEvent[]> {
  const index = cluster.names.events;
  return (await newestDocuments<EventDocument>(cluster, { index, fields, ...asked })).map(eventOf);
}
