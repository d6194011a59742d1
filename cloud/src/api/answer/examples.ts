// Answers as they look, for those who read the description first.
import type { z } from 'zod';
import type { annotationAnswerSchema } from './annotation.ts';
import type { eventAnswerSchema } from './event.ts';
import type { gatewayAnswerSchema } from './gateway.ts';
import type { readingSchema } from './reading.ts';
import type { sensorAnswerSchema, siteAnswerSchema } from './sensor.ts';

export const now = '2026-06-01T12:00:07.000Z';

export const reading: z.input<typeof readingSchema> = {
  site: 'demo',
  sensor: 'borehole-1',
  type: 'groundwater',
  gateway: 'demo-gateway',
  origin: '5f1c7e3a',
  seq: 4711,
  revision: 0,
  measuredAt: '2026-06-01T12:00:00.000Z',
  receivedAt: '2026-06-01T12:00:00.214Z',
  storedAt: '2026-06-01T12:00:01.502Z',
  historical: false,
  clock: 'synchronised',
  time: { flag: 1 },
  values: { water_level: 28.41, ph: 99999 },
  flags: { water_level: 1, ph: 9 },
  causes: { ph: 'missing' },
};

export const sensor: z.input<typeof sensorAnswerSchema> = {
  site: 'demo',
  sensor: 'borehole-1',
  title: 'Borehole 1',
  type: 'groundwater',
  typeTitle: 'Groundwater',
  gateway: 'demo-gateway',
  intervalSeconds: 3600,
  gapSteps: 2,
  properties: [{ name: 'water_level', isSent: true, title: 'Water level', unit: 'mAOD', resolution: 0.01 }],
  readings: 4711,
  firstMeasuredAt: '2025-11-17T05:00:00.000Z',
  lastMeasuredAt: '2026-06-01T12:00:00.000Z',
  lastStoredAt: '2026-06-01T12:00:01.502Z',
  freshness: {
    word: 'fresh',
    secondsSinceStored: 5,
    secondsSinceMeasured: 7,
    lateAfterSeconds: 7200,
    silentAfterSeconds: 43_200,
  },
  origins: [
    {
      origin: '5f1c7e3a',
      highest: 4711,
      missing: [{ from: 4001, to: 4012, state: 'lost at the edge', reason: 'journal-full' }],
    },
  ],
};

export const site: z.input<typeof siteAnswerSchema> = {
  site: 'demo',
  title: 'Demonstration',
  location: { latitude: 53.8, longitude: -2.4 },
  timeZone: 'Europe/London',
  sensors: 1,
  readings: 4711,
  newestMeasuredAt: '2026-06-01T12:00:00.000Z',
  newestStoredAt: '2026-06-01T12:00:01.502Z',
  gateways: [
    { gateway: 'demo-gateway', state: 'online', heardAt: '2026-06-01T12:00:02.000Z', undelivered: 0 },
  ],
};

export const gateway: z.input<typeof gatewayAnswerSchema> = {
  site: 'demo',
  gateway: 'demo-gateway',
  state: 'online',
  heardAt: '2026-06-01T12:00:02.000Z',
  version: '0.2.0',
  startedAt: '2026-05-20T07:30:00.000Z',
  clock: 'synchronised',
  clockAheadSeconds: -0.04,
  sensors: 1,
  undelivered: 0,
  journal: { bytes: 4_200_000, budgetBytes: 1_000_000_000 },
  origin: '5f1c7e3a',
  counters: { readings_accepted_total: 4711 },
};

export const event: z.input<typeof eventAnswerSchema> = {
  id: 'demo.borehole-1.20260501T0400.process',
  site: 'demo',
  sensors: ['borehole-1'],
  properties: ['water_level'],
  kind: 'process',
  cause: 'ramp',
  explanation: 'The water level rose by 1.2 m in two days, five times as fast as it usually does.',
  value: 29.6,
  expected: 28.4,
  score: 5.1,
  evidence: [{ detector: 'shift', property: 'water_level', text: 'rose 1.2 m above its level of May' }],
  rules: 'wellhead@1',
  withdrawn: false,
  start: '2026-05-01T04:00:00.000Z',
  peak: '2026-05-03T02:00:00.000Z',
  end: null,
  decidedAt: '2026-05-01T10:00:00.000Z',
  foundAt: '2026-05-01T10:15:00.000Z',
  changedAt: '2026-05-03T02:15:00.000Z',
  partOf: null,
  feedback: null,
};

export const annotation: z.input<typeof annotationAnswerSchema> = {
  id: '9b1f6d2c4e80',
  site: 'demo',
  sensor: 'borehole-1',
  property: 'water_level',
  from: '2026-05-04T09:00:00.000Z',
  to: '2026-05-04T15:00:00.000Z',
  text: 'Pump test at the neighbouring well, 12 l/s.',
  author: 'ann',
  at: '2026-05-04T16:20:00.000Z',
  withdrawn: null,
};
