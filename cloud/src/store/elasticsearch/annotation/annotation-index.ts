// What people wrote beside the readings of one installation, in Elasticsearch.
import type { estypes } from '@elastic/elasticsearch';
import type { Annotation, Withdrawal } from '../../../event/annotation.ts';
import type { AnnotationPage, AnnotationQuery } from '../../annotation-store.ts';
import type { Cluster } from '../open/cluster.ts';
import { findPage } from '../open/find-page.ts';
import { getDocument, newestDocuments } from '../open/newest-documents.ts';
import { writeDocuments } from '../open/write-documents.ts';

const fields = ['body'];

interface AnnotationDocument {
  readonly body: string;
}

export async function addAnnotation(cluster: Cluster, annotation: Annotation): Promise<void> {
  const { id, site, sensor, property, from, to, text, author, withdrawn } = annotation;
  if ((await heldAnnotation(cluster, id)) !== undefined) return;
  await writeDocuments(cluster, [
    {
      action: { index: { _index: cluster.names.annotations, _id: id } },
      source: {
        id,
        site,
        sensor,
        property,
        start: from,
        end: to,
        text,
        author,
        withdrawn: withdrawn !== null,
        '@timestamp': Math.floor(from),
        body: JSON.stringify(annotation),
      },
    },
  ]);
}

export async function withdrawAnnotation(
  cluster: Cluster,
  id: string,
  withdrawn: Withdrawal,
): Promise<Annotation | undefined> {
  const held = await heldAnnotation(cluster, id);
  if (held === undefined || held.withdrawn !== null) return held;
  const changed = { ...held, withdrawn };
  await writeDocuments(cluster, [
    {
      action: { update: { _index: cluster.names.annotations, _id: id, retry_on_conflict: 5 } },
      source: { doc: { withdrawn: true, body: JSON.stringify(changed) } },
    },
  ]);
  return changed;
}

/** One page, newest first by `from` and then id. */
export async function findAnnotations(cluster: Cluster, asked: AnnotationQuery): Promise<AnnotationPage> {
  const index = cluster.names.annotations;
  const bool = conditions(asked);
  const { items: annotations, next } = await findPage<Annotation>(asked, {
    search: async (size, after) =>
      (await newestDocuments<AnnotationDocument>(cluster, { index, fields, bool, size, after })).map(
        annotationOf,
      ),
    placeOf: ({ from: start, id }) => ({ start, id }),
  });
  return { annotations, ...(next && { next }) };
}

async function heldAnnotation(cluster: Cluster, id: string): Promise<Annotation | undefined> {
  const index = cluster.names.annotations;
  const document = await getDocument<AnnotationDocument>(cluster, { index, id, fields });
  return document && annotationOf(document);
}

function annotationOf({ body }: AnnotationDocument): Annotation {
  return JSON.parse(body) as Annotation;
}

function conditions({ site, sensor, from, to, withdrawn }: AnnotationQuery): estypes.QueryDslBoolQuery {
  const filter: estypes.QueryDslQueryContainer[] = [{ term: { site } }];
  const anyOf = (...should: estypes.QueryDslQueryContainer[]) => filter.push({ bool: { should } });
  if (sensor !== undefined)
    anyOf({ term: { sensor } }, { bool: { must_not: { exists: { field: 'sensor' } } } });
  // A moment is in the range it begins; the end of a span is the moment after it.
  if (from !== undefined) anyOf({ range: { start: { gte: from } } }, { range: { end: { gt: from } } });
  if (to !== undefined) filter.push({ range: { start: { lt: to } } });
  if (withdrawn !== true) filter.push({ term: { withdrawn: false } });
  return { filter };
}
