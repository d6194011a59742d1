// Who may ask what: the one place where a request meets the role that its route needs.
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../access/gate.ts';
import type { Role } from '../../access/role.ts';

/** Tells who asks. @throws ApiProblem where the request may not have what needs this role */
export type Authorise = (request: FastifyRequest, role: Role) => Principal;

const everybody: Principal = { name: 'this machine', role: 'admin', via: 'open' };

/** Everybody may do everything: for tests of what routes do. */
export const letEverybody: Authorise = () => everybody;
