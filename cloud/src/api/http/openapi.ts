// Describes the API in OpenAPI 3.1, from the same list that the server is made of.
import { groupBy } from '@wellhead/protocol';
import type { z } from 'zod';
import { jsonSchemas, type Schema } from './openapi-schema.ts';
import { type ProblemCode, problemMedia, problemSchema, problems } from './problem.ts';
import type { Answer, Route } from './route.ts';

/** What any route may answer beside what it says itself. */
const usual: readonly ProblemCode[] = [
  'BAD_PARAMETER',
  'BAD_REQUEST',
  'URL_TOO_LONG',
  'HEADERS_TOO_LONG',
  'INTERNAL',
  'STORE_QUERY',
];
/** Any change may come with a body, whether it is asked for or not. */
const usualOfChanges: readonly ProblemCode[] = [...usual, 'BODY_TOO_LARGE'];

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly 'x-role': string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

interface Response {
  readonly description: string;
  readonly headers?: object;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>;
}

export interface ApiDescription {
  readonly openapi: '3.1.0';
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

/** GET routes answer HEAD too, with the same headers; it is not listed apart. */
export function describeApi(routes: readonly Route[], version: string): ApiDescription {
  const schemas = jsonSchemas();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = {
      operationId: nameOf(route),
      summary: route.summary,
      ...(route.description !== undefined && { description: route.description }),
      'x-role': route.role,
      parameters: [
        ...parametersOf(route.params, 'path', schemas.input),
        ...parametersOf(route.query, 'query', schemas.input),
      ],
      ...(route.body !== undefined && {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemas.input(route.body) } },
        },
      }),
      responses: responsesOf(route, schemas.output),
    };
  }
  const catalogue = Object.entries(problems).map(([code, kind]) => [code, kind]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wellhead',
      version,
      description:
        'Readings of sensors and what was found in them. Times are ISO 8601, UTC; ranges are half-open: `from` belongs to them, `to` does not. Refusals are problem details (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas: schemas.components(), 'x-problems': Object.fromEntries(catalogue) },
  };
}

/** `getReadings`, `postEventsIdFeedback`. */
function nameOf({ method, path }: Route): string {
  const words = path.replace('/api/v1', '').match(/[A-Za-z0-9]+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

function parametersOf(
  schema: z.ZodType | undefined,
  place: 'query' | 'path',
  toJson: (schema: z.ZodType) => Schema,
): Parameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJson(schema);
  return Object.entries(properties).map(([name, { description = '', examples, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    description,
    schema: rest,
    ...(examples !== undefined && { example: examples[0] }),
  }));
}

function responsesOf(route: Route, toJson: (schema: z.ZodType) => Schema): Record<string, Response> {
  const responses: Record<string, Response> = {};
  for (const [status, answer] of Object.entries(route.answers))
    responses[status] = responseOf(answer, toJson);
  if (route.etag === true) responses[304] = { description: 'what If-None-Match names is still so' };
  const mayBeAny = route.method === 'GET' ? usual : usualOfChanges;
  const refusals = [...mayBeAny, ...(route.problems ?? [])];
  for (const [status, codes] of groupBy(refusals, (code) => problems[code].status))
    responses[status] = {
      description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
      content: { [problemMedia]: { schema: toJson(problemSchema) } },
    };
  return responses;
}

function responseOf(
  { description, content, headers }: Answer,
  toJson: (schema: z.ZodType) => Schema,
): Response {
  return {
    description,
    ...(headers !== undefined && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, says]) => [
          name,
          { description: says, schema: { type: 'string' } },
        ]),
      ),
    }),
    ...(content !== undefined && {
      content: Object.fromEntries(
        Object.entries(content).map(([type, { schema, example }]) => [
          type,
          {
            ...(schema !== undefined && { schema: toJson(schema) }),
            ...(example !== undefined && { example }),
          },
        ]),
      ),
    }),
  };
}
