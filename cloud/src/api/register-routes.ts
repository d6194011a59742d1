// Puts the list of routes onto the server: checked, then handled; other methods are refused by name.
import { isoTime } from '@wellhead/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { shorten } from '../access/audit.ts';
import { isChange, type Principal } from '../access/gate.ts';
import { authoriseBy } from './access/access.ts';
import { letEverybody } from './access/authorise.ts';
import type { ApiContext } from './http/api.ts';
import { ApiProblem, readParameters } from './http/problem.ts';
import type { Route } from './http/route.ts';

const none = z.strictObject({});

export function registerRoutes(server: FastifyInstance, routes: readonly Route[], context: ApiContext): void {
  const { access } = context;
  const authorise = access === undefined ? letEverybody : authoriseBy(access);
  const principals = new WeakMap<FastifyRequest, Principal>();
  refuseOtherMethods(server, routes);
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: route.method === 'GET' && route.head !== false,
      ...(route.bodyBytes !== undefined && { bodyLimit: route.bodyBytes(context) }),
      config: { etag: route.etag === true },
      // Before the body is read: who may not ask shall not make us read either.
      onRequest: async (request) => {
        principals.set(request, authorise(request, route.role));
      },
      handler: async (request, reply) => {
        const principal = principals.get(request)!;
        const asked = {
          query: readParameters(route.query ?? none, request.query),
          params: route.params === undefined ? undefined : readParameters(route.params, request.params),
          body: route.body === undefined ? undefined : readParameters(route.body, request.body, 'body'),
        };
        // A change is in the log before it is made: a kill in between leaves one that was only tried.
        if (access !== undefined && isChange(route.method) && route.role !== 'public') {
          const at = isoTime(context.now());
          const action = `${request.method} ${request.url.split('?')[0]}`;
          const what = shorten((await route.audited?.(asked, context)) ?? '');
          await access.audit.add({ at, who: principal.name, role: principal.role, action, what });
        }
        return route.handle(context, asked, { request, reply, principal });
      },
    });
  }
}

/** RFC 9110, 15.5.6: a known address says which methods it takes. */
function refuseOtherMethods(server: FastifyInstance, routes: readonly Route[]): void {
  const known = routes.map((route) => ({
    pattern: new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
    methods: route.method === 'GET' && route.head !== false ? ['GET', 'HEAD'] : [route.method],
  }));
  server.addHook('onRequest', async (request) => {
    if (!request.is404) return;
    const path = request.url.split('?')[0]!;
    const methods = known.filter(({ pattern }) => pattern.test(path)).flatMap((one) => one.methods);
    if (methods.length === 0) return;
    const allow = [...new Set(methods)].join(', ');
    throw new ApiProblem('METHOD_NOT_ALLOWED', `${path} does not take ${request.method}. Use ${allow}.`, [], {
      allow,
    });
  });
}
