// Every route of the API, in the order people should read of them.

import { exportMetadataRoute, exportRoute } from './export/export-route.ts';
import type { Route } from './http/route.ts';
import { analysisRoute, cancelAnalysisRoute, startAnalysisRoute } from './route/analysis-routes.ts';
import { addAnnotationRoute, withdrawAnnotationRoute } from './route/annotation-route.ts';
import { annotationsRoute } from './route/annotations-route.ts';
import { deadLettersRoute, replayRoute } from './route/dead-letter-routes.ts';
import { eventRoute, feedbackRoute } from './route/event-route.ts';
import { eventsRoute } from './route/events-route.ts';
import { gatewaysRoute } from './route/gateways-route.ts';
import { healthRoute, metricsRoute } from './route/health-routes.ts';
import { latestRoute, sensorsRoute, sitesRoute, typesRoute } from './route/list-routes.ts';
import { liveRoute } from './route/live-route.ts';
import { openapiRoute } from './route/openapi-route.ts';
import { readingsRoute } from './route/readings-route.ts';
import { requestRoute } from './route/request-route.ts';
import { sendReadingsRoute } from './route/send-readings-route.ts';
import { loginRoute, logoutRoute, sessionRoute } from './route/session-routes.ts';
import { auditRoute, createTokenRoute, revokeTokenRoute, tokensRoute } from './route/token-routes.ts';

export const routes: readonly Route[] = [
  sitesRoute,
  sensorsRoute,
  typesRoute,
  gatewaysRoute,
  requestRoute,
  latestRoute,
  readingsRoute,
  sendReadingsRoute,
  exportRoute,
  exportMetadataRoute,
  eventsRoute,
  eventRoute,
  feedbackRoute,
  annotationsRoute,
  addAnnotationRoute,
  withdrawAnnotationRoute,
  startAnalysisRoute,
  analysisRoute,
  cancelAnalysisRoute,
  liveRoute,
  deadLettersRoute,
  replayRoute,
  sessionRoute,
  loginRoute,
  logoutRoute,
  tokensRoute,
  createTokenRoute,
  revokeTokenRoute,
  auditRoute,
  openapiRoute,
  healthRoute,
  metricsRoute,
];
