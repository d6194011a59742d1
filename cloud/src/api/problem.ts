// What the API says when it cannot answer: always the same form, with what to do about it.
import type { z } from 'zod';

/** Every trouble a client of the API can meet, with its HTTP status. */
export const problemStatus = {
  BAD_PARAMETER: 400,
  UNKNOWN_ROUTE: 404,
  UNKNOWN_SENSOR: 404,
  URL_TOO_LONG: 414,
  BAD_REQUEST: 400,
  INTERNAL: 500,
  STORE_QUERY: 503,
  TOO_MANY_STREAMS: 503,
  PAGE_NOT_BUILT: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

export interface ParameterProblem {
  readonly path: string;
  readonly message: string;
}

/** The body of every answer that is not a success. */
export interface ProblemBody {
  readonly code: ProblemCode;
  readonly message: string;
  readonly problems: readonly ParameterProblem[];
}

/** Thrown by routes, answered by the error handler. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly problems: readonly ParameterProblem[];

  constructor(code: ProblemCode, message: string, problems: readonly ParameterProblem[] = []) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.problems = problems;
  }

  get status(): number {
    return problemStatus[this.code];
  }

  get body(): ProblemBody {
    return { code: this.code, message: this.message, problems: this.problems };
  }
}

/** Reads the parameters of a request. @throws ApiProblem BAD_PARAMETER with every problem at once */
export function readParameters<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, raw));
  throw new ApiProblem(
    'BAD_PARAMETER',
    'Mend the parameters listed under problems, then ask again.',
    problems,
  );
}

function describeIssue(issue: z.core.$ZodIssue, raw: unknown): ParameterProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: key,
      message: 'there is no such parameter here; check its spelling or leave it out',
    }));
  const path = issue.path.map(String).join('.');
  const value = (raw as Record<string, unknown> | undefined)?.[path];
  if (Array.isArray(value)) return [{ path, message: 'is given more than once; give it once' }];
  if (value === undefined && issue.code === 'invalid_type') return [{ path, message: 'is missing; give it' }];
  return [{ path, message: issue.message }];
}
