// What the API says when it cannot answer: problem details (RFC 9457), with what to do about it.
import { z } from 'zod';

interface ProblemKind {
  readonly status: number;
  /** The same for every occurrence; `detail` says what happened this time. */
  readonly title: string;
}

/** Every trouble a client of the API can meet. */
export const problems = {
  BAD_PARAMETER: { status: 400, title: 'A parameter cannot be used' },
  BAD_REQUEST: { status: 400, title: 'The request cannot be read' },
  UNAUTHENTICATED: { status: 401, title: 'The cloud does not know who asks' },
  UNKNOWN_TOKEN: { status: 401, title: 'This token is nobody’s' },
  FORBIDDEN: { status: 403, title: 'This token may not do that' },
  CROSS_SITE: { status: 403, title: 'Changes from other sites are refused' },
  FOREIGN_HOST: { status: 403, title: 'The cloud is not reached by this name' },
  UNKNOWN_TOKEN_ID: { status: 404, title: 'There is no such token' },
  NO_TOKENS: { status: 409, title: 'This process keeps no tokens' },
  LAST_ADMIN: { status: 409, title: 'The last admin token stays' },
  TOO_MANY_TOKENS: { status: 409, title: 'There are too many tokens' },
  UNKNOWN_ROUTE: { status: 404, title: 'There is nothing at this address' },
  UNKNOWN_ANNOTATION: { status: 404, title: 'There is no such annotation' },
  UNKNOWN_ANALYSIS: { status: 404, title: 'There is no such reanalysis' },
  UNKNOWN_DEAD_LETTER: { status: 404, title: 'There is no such dead letter' },
  UNKNOWN_EVENT: { status: 404, title: 'There is no such event' },
  UNKNOWN_SITE: { status: 404, title: 'There is no such site' },
  UNKNOWN_SENSOR: { status: 404, title: 'There is no such sensor' },
  NO_ANALYSIS: { status: 409, title: 'This process does not analyse' },
  ANALYSIS_RUNNING: { status: 409, title: 'Another reanalysis is running' },
  GATEWAY_AWAY: { status: 409, title: 'The gateway is not connected' },
  NO_BRIDGE: { status: 409, title: 'This process has no bridge' },
  MIXED_UNITS: { status: 409, title: 'A property has several units here' },
  STILL_DEAD: { status: 409, title: 'The dead letter cannot be taken yet' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address takes other methods' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  FILE_TOO_LARGE: { status: 413, title: 'The file would be too large' },
  URL_TOO_LONG: { status: 414, title: 'The address is too long' },
  HEADERS_TOO_LONG: { status: 431, title: 'Address and headers are too long' },
  INTERNAL: { status: 500, title: 'The cloud made a mistake' },
  STORE_QUERY: { status: 503, title: 'The store cannot answer now' },
  LOG_WRITE: { status: 503, title: 'The log cannot write now' },
  FORMAT_UNAVAILABLE: { status: 501, title: 'This form cannot be made here' },
  TOO_MANY_EXPORTS: { status: 503, title: 'Too many exports are running' },
  TOO_MANY_STREAMS: { status: 503, title: 'Too many live streams are open' },
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof problems;

export const problemMedia = 'application/problem+json';

/** Where a problem's type can be looked up: a place in the API's own description. */
export function problemType(code: ProblemCode): string {
  return `/api/v1/openapi.json#/components/x-problems/${code}`;
}

const parameterProblemSchema = z.strictObject({
  path: z.string().describe('the parameter or field'),
  message: z.string().describe('what is wrong with it, and what would be right'),
});

/** The body of every answer that is not a success. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('what happened, and what to do'),
    code: z.string().describe('one word that stays the same'),
    problems: z.array(parameterProblemSchema).readonly().describe('every parameter to mend, at once'),
  })
  .meta({ id: 'Problem' });

export type ParameterProblem = z.output<typeof parameterProblemSchema>;
export type ProblemBody = Readonly<z.output<typeof problemSchema>>;

/** Thrown by routes, answered by the error handler. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly problems: readonly ParameterProblem[];
  /** Headers that belong to the refusal, such as Allow. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    message: string,
    problems: readonly ParameterProblem[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.problems = problems;
    this.headers = headers;
  }

  get status(): number {
    return problems[this.code].status;
  }

  get body(): ProblemBody {
    const { status, title } = problems[this.code];
    return {
      type: problemType(this.code),
      title,
      status,
      detail: this.message,
      code: this.code,
      problems: this.problems,
    };
  }
}

/** One parameter that cannot be used. */
export function badParameter(path: string, message: string): ApiProblem {
  return new ApiProblem('BAD_PARAMETER', mend, [{ path, message }]);
}

const mend = 'Mend the parameters listed under problems, then ask again.';

/** Reads the parameters of a request. @throws ApiProblem BAD_PARAMETER with every problem at once */
export function readParameters<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
  place: 'address' | 'body' = 'address',
): z.output<Schema> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new ApiProblem(
    'BAD_PARAMETER',
    mend,
    result.error.issues.flatMap((issue) => describeIssue(issue, raw, place)),
  );
}

function describeIssue(issue: z.core.$ZodIssue, raw: unknown, place: 'address' | 'body'): ParameterProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: key,
      message: 'there is no such parameter here; check its spelling or leave it out',
    }));
  const path = issue.path.map(String).join('.');
  const value = (raw as Record<string, unknown> | undefined)?.[path];
  if (path === '')
    return [{ path: place, message: 'send one JSON object with the fields that belong to it' }];
  if (place === 'address' && Array.isArray(value))
    return [{ path, message: 'is given more than once; give it once' }];
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid input'))
    return [{ path, message: issue.message }];
  const message = value === undefined ? 'is missing; give it' : `is no ${issue.expected}; give one`;
  return [{ path, message }];
}
