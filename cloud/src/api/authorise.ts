// Who may ask what: the one place where a request meets the role that its route needs.
import type { FastifyRequest } from 'fastify';
import type { Role } from './route.ts';

/** @throws ApiProblem where the request may not have what needs this role */
export type Authorise = (request: FastifyRequest, role: Role) => Promise<void>;

/** Everybody may do everything: what the server does as long as no tokens are set up. */
export const letEverybody: Authorise = async () => undefined;
