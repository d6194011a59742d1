// What people wrote beside the readings of a site, newest first, page by page.
import { annotationsSchema } from '../answer/annotation.ts';
import { answerAnnotation } from '../answer/answer-annotation.ts';
import { annotation } from '../answer/examples.ts';
import { linkHeader, linkNext } from '../http/link-next.ts';
import { defineRoute, json } from '../http/route.ts';
import { given } from '../request/given.ts';
import { annotationsParameters } from '../request/parameters.ts';
import { encodeStartCursor } from '../request/start-cursor.ts';

const defaultAnnotations = 100;

export const annotationsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/annotations',
  summary: 'what people wrote beside the readings of a site, newest first',
  role: 'viewer',
  etag: true,
  query: annotationsParameters,
  answers: {
    200: {
      ...json('one page', annotationsSchema, {
        ...{ annotations: [annotation], next: null, truncated: false, count: 1 },
      }),
      headers: linkHeader,
    },
  },
  async handle({ store }, { query: { cursor, limit = defaultAnnotations, ...asked } }, exchange) {
    const { annotations, next: after } = await store.annotations.find({
      ...given(asked),
      ...(cursor !== undefined && { after: cursor }),
      limit,
    });
    const next = after === undefined ? null : encodeStartCursor(after);
    linkNext(exchange, next);
    return {
      ...{ annotations: annotations.map(answerAnnotation), next, truncated: next !== null },
      count: annotations.length,
    };
  },
});
