// Every route of the API, in the order people should read of them.
import { loginRoute, logoutRoute, sessionRoute } from './access/session-routes.ts';
import { auditRoute, createTokenRoute, revokeTokenRoute, tokensRoute } from './access/token-routes.ts';
import { analysisRoute, cancelAnalysisRoute, startAnalysisRoute } from './analysis-routes.ts';
import { addAnnotationRoute, withdrawAnnotationRoute } from './annotation-route.ts';
import { annotationsRoute } from './annotations-route.ts';
import { deadLettersRoute, replayRoute } from './dead-letter-routes.ts';
import { eventRoute, feedbackRoute } from './event-route.ts';
import { eventsRoute } from './events-route.ts';
import { exportMetadataRoute, exportRoute } from './export/export-route.ts';
import { gatewaysRoute } from './gateways-route.ts';
import { healthRoute, metricsRoute } from './health-routes.ts';
import { latestRoute, sensorsRoute, sitesRoute, typesRoute } from './list-routes.ts';
import { liveRoute } from './live-route.ts';
import { openapiRoute } from './openapi-route.ts';
import { readingsRoute } from './readings-route.ts';
import { requestRoute } from './request-route.ts';
import type { Route } from './route.ts';
import { sendReadingsRoute } from './send-readings-route.ts';

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
