// The shapes of the API's answers, shared with the dashboard. Types only, all inferred from the schemas.
import type { z } from 'zod';
import type { annotationAnswerSchema, annotationsSchema } from './annotation.ts';
import type { eventAnswerSchema, eventsSchema } from './event.ts';
import type { gatewayAnswerSchema, gatewaysSchema } from './gateway.ts';
import type { latestSchema, readingsSchema } from './reading.ts';
import type {
  originAnswerSchema,
  propertyAnswerSchema,
  sensorAnswerSchema,
  sensorsSchema,
  siteAnswerSchema,
  sitesSchema,
} from './sensor.ts';
import type { typeAnswerSchema, typePropertySchema, typesSchema } from './sensor-type.ts';
import type { thinnedSchema } from './thinned.ts';

export type { StoredReading } from '../../store/stored-reading.ts';

export type SensorsAnswer = Readonly<z.output<typeof sensorsSchema>>;
export type SensorAnswer = Readonly<z.output<typeof sensorAnswerSchema>>;
export type PropertyAnswer = Readonly<z.output<typeof propertyAnswerSchema>>;
export type OriginAnswer = Readonly<z.output<typeof originAnswerSchema>>;
export type SitesAnswer = Readonly<z.output<typeof sitesSchema>>;
export type SiteAnswer = Readonly<z.output<typeof siteAnswerSchema>>;
export type GatewayAnswer = Readonly<z.output<typeof gatewayAnswerSchema>>;
export type GatewaysAnswer = Readonly<z.output<typeof gatewaysSchema>>;
export type LatestAnswer = Readonly<z.output<typeof latestSchema>>;
export type ReadingsAnswer = Readonly<z.output<typeof readingsSchema>>;
export type ThinnedAnswer = Readonly<z.output<typeof thinnedSchema>>;
export type EventsAnswer = Readonly<z.output<typeof eventsSchema>>;
export type EventAnswer = Readonly<z.output<typeof eventAnswerSchema>>;
export type AnnotationsAnswer = Readonly<z.output<typeof annotationsSchema>>;
export type AnnotationAnswer = Readonly<z.output<typeof annotationAnswerSchema>>;
export type TypesAnswer = Readonly<z.output<typeof typesSchema>>;
export type TypeAnswer = Readonly<z.output<typeof typeAnswerSchema>>;
export type TypePropertyAnswer = Readonly<z.output<typeof typePropertySchema>>;
