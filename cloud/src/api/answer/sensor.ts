// How sensors and sites are answered.
import { z } from 'zod';
import { gatewayStateSchema } from './gateway.ts';
import { nowSchema, pageShape, timeSchema } from './parts.ts';

/** Only the name where the type does not know the property. */
export const propertyAnswerSchema = z
  .strictObject({
    name: z.string(),
    isSent: z
      .boolean()
      .describe('whether the sensor has ever named it; a type may know more than one instrument measures'),
    title: z.exactOptional(z.string()),
    unit: z.exactOptional(z.string()),
    resolution: z.exactOptional(z.number()),
  })
  .meta({ id: 'SensorProperty' });

const missingSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  state: z
    .enum(['not yet sent', 'on request', 'requested', 'lost at the edge', 'unknown'])
    .describe(
      'on request: the gateway holds it and counts it as delivered, so ask for it (POST /api/v1/requests)',
    ),
  reason: z.exactOptional(z.string()).describe('why it was lost, or why nobody can say'),
});

export const originAnswerSchema = z
  .strictObject({
    origin: z.string(),
    highest: z.number().describe('the highest seq held here'),
    missing: z.array(missingSchema).readonly().describe('ranges of seq that are not held here, 200 at most'),
  })
  .meta({ id: 'Origin' });

const freshnessSchema = z.strictObject({
  word: z.enum(['fresh', 'late', 'silent', 'never']),
  secondsSinceStored: z.number().nullable(),
  secondsSinceMeasured: z.number().nullable(),
  lateAfterSeconds: z.number(),
  silentAfterSeconds: z.number(),
});

export const sensorAnswerSchema = z
  .strictObject({
    site: z.string(),
    sensor: z.string(),
    title: z.string(),
    type: z.string(),
    typeTitle: z.string().nullable(),
    gateway: z.string(),
    intervalSeconds: z.number().nullable().describe('null where the sensor’s type is unknown here'),
    gapSteps: z.number(),
    properties: z.array(propertyAnswerSchema).readonly(),
    readings: z.number(),
    firstMeasuredAt: timeSchema.nullable(),
    lastMeasuredAt: timeSchema.nullable(),
    lastStoredAt: timeSchema.nullable(),
    freshness: freshnessSchema,
    origins: z.array(originAnswerSchema).readonly(),
    datum: z.exactOptional(z.string()).describe('what its levels are above, as the site file says'),
    dips: z
      .exactOptional(
        z.array(z.strictObject({ property: z.string(), at: timeSchema, value: z.number() })).readonly(),
      )
      .describe('what was measured by hand beside it, in order of time, as the site file says'),
  })
  .meta({ id: 'Sensor' });

export const sensorsSchema = z.strictObject({
  now: nowSchema,
  sensors: z.array(sensorAnswerSchema).readonly(),
  ...pageShape,
});

const siteGatewaySchema = z.strictObject({
  gateway: z.string(),
  state: gatewayStateSchema,
  heardAt: timeSchema,
  undelivered: z.number().nullable().describe('readings it holds without a receipt, as it last said'),
});

export const siteAnswerSchema = z
  .strictObject({
    site: z.string(),
    title: z.string(),
    location: z.strictObject({ latitude: z.number(), longitude: z.number() }).nullable().describe('WGS 84'),
    timeZone: z.string().nullable().describe('IANA name; null where the site file names none'),
    sensors: z.number(),
    readings: z.number(),
    newestMeasuredAt: timeSchema.nullable(),
    newestStoredAt: timeSchema.nullable(),
    gateways: z.array(siteGatewaySchema).readonly(),
  })
  .meta({ id: 'Site' });

export const sitesSchema = z.strictObject({ now: nowSchema, sites: z.array(siteAnswerSchema).readonly() });
