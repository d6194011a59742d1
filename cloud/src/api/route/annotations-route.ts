// What people wrote beside the readings of a site, newest first, page by page.
import { annotationsSchema } from '../answer/annotation.ts';
import { answerAnnotation } from '../answer/answer-annotation.ts';
import { annotation } from '../answer/examples.ts';
import { jsonPage } from '../http/list-answer.ts';
import { defineRoute } from '../http/route.ts';
import { newestFirst, pageEnd } from '../request/newest-first.ts';
import { annotationsParameters } from '../request/parameters.ts';

export const annotationsRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/annotations',
  summary: 'what people wrote beside the readings of a site, newest first',
  role: 'viewer',
  etag: true,
  query: annotationsParameters,
  answers: {
    200: jsonPage('one page', annotationsSchema, {
      annotations: [annotation],
      next: null,
      truncated: false,
      count: 1,
    }),
  },
  async handle({ store }, { query }, exchange) {
    const { annotations, next } = await store.annotations.find(newestFirst(query));
    return { annotations: annotations.map(answerAnnotation), ...pageEnd(exchange, annotations, next) };
  },
});
