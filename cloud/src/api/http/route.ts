// One route as a described value: what it takes, what it answers, who may ask, and what it does.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Principal } from '../../access/gate.ts';
import type { Role } from '../../access/role.ts';
import type { ApiContext } from './api.ts';
import type { ProblemCode } from './problem.ts';

/** One form of an answer. */
export interface Media {
  /** Left out: bytes, or text that no schema describes. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
}

export interface Answer {
  readonly description: string;
  /** By media type, without parameters; left out: no body. */
  readonly content?: Readonly<Record<string, Media>>;
  /** Name and what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What the request said, read through the route's schemas. */
interface Asked<Query, Params, Body> {
  readonly query: Read<Query>;
  readonly params: Read<Params>;
  readonly body: Read<Body>;
}

/** For the few routes that set headers, stream, or look at `Accept`. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly principal: Principal;
}

type JsonOf<One> = One extends {
  readonly content: { readonly 'application/json': { readonly schema: infer Schema extends z.ZodType } };
}
  ? z.input<Schema>
  : never;

/** Anything that is no JSON of ours: a stream, a text, bytes, or the reply itself where it went out already. */
export type Sent = NodeJS.ReadableStream | string | Buffer | FastifyReply;

export interface RouteOf<Answers, Query, Params, Body> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As fastify writes it: `/api/v1/events/:id`. Every parameter must be in `params`. */
  readonly path: string;
  /** A few words, for a list. */
  readonly summary: string;
  readonly description?: string;
  readonly role: Role;
  readonly query?: Query;
  readonly params?: Params;
  /** JSON. */
  readonly body?: Body;
  /** The largest body, in bytes; left out: the server's, which is for a few words. */
  readonly bodyBytes?: (context: ApiContext) => number;
  /** Every answer that is no refusal, by status. */
  readonly answers: Answers;
  /** The refusals of its own, beside those that any route may give (see openapi.ts). */
  readonly problems?: readonly ProblemCode[];
  /** GET answers HEAD too unless this is false. */
  readonly head?: boolean;
  /** JSON gets an ETag, and `If-None-Match` may be answered by 304. */
  readonly etag?: boolean;
  /** What a change is about, for the audit log; the log cuts it. Every route has it that changes something. */
  audited?(asked: Asked<Query, Params, Body>, context: ApiContext): Promise<string> | string;
  handle(
    context: ApiContext,
    asked: Asked<Query, Params, Body>,
    exchange: Exchange,
  ): Promise<JsonOf<Answers[keyof Answers]> | Sent> | JsonOf<Answers[keyof Answers]> | Sent;
}

/** A route of any kind, as lists hold it. */
export interface Route
  extends Omit<
    RouteOf<
      Readonly<Record<number, Answer>>,
      z.ZodType | undefined,
      z.ZodType | undefined,
      z.ZodType | undefined
    >,
    'handle' | 'audited'
  > {
  audited?(
    asked: { readonly query: unknown; readonly params: unknown; readonly body: unknown },
    context: ApiContext,
  ): Promise<string> | string;
  handle(
    context: ApiContext,
    asked: { readonly query: unknown; readonly params: unknown; readonly body: unknown },
    exchange: Exchange,
  ): unknown;
}

/** Checks at compile time that the handler answers what the route's schemas say. */
export function defineRoute<
  const Answers extends Readonly<Record<number, Answer>>,
  Query extends z.ZodType | undefined = undefined,
  Params extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(route: RouteOf<Answers, Query, Params, Body>): Route {
  return route as unknown as Route;
}

/** An answer in JSON. */
export function json<const Schema extends z.ZodType>(
  description: string,
  schema: Schema,
  example?: z.input<Schema>,
) {
  return {
    description,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  } as const;
}
