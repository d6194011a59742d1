// The API's own description, for programs that read it before they ask.
import { z } from 'zod';
import { defineRoute } from '../http/route.ts';

const documentSchema = z.looseObject({ openapi: z.literal('3.1.0') });

export const openapiRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/openapi.json',
  summary: 'this description, in OpenAPI 3.1',
  role: 'public',
  etag: true,
  answers: {
    200: {
      description: 'every route, parameter, answer and refusal',
      content: { 'application/json': { schema: documentSchema } },
    },
  },
  handle({ description }, _asked, { reply }) {
    reply.type('application/json; charset=utf-8');
    return description;
  },
});
