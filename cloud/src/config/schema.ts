// Every key of the cloud’s configuration file, with its default; the reference page is made of it.
import { durationSchema, idSchema, sizeSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { usualAlarmsPerYear } from '../analysis/detector/sensor-detector.ts';
import { kafkaLogSchema, levelLogSchema } from './log-schema.ts';
import { duckdbSchema, elasticsearchSchema } from './store-schema.ts';

const port = z.number().int().min(0).max(65_535);

const credentialSchema = z.strictObject({
  site: idSchema,
  gateway: idSchema,
  password: z.string().min(8, 'a password has at least 8 characters'),
});

/** The parts of the cloud that may run in processes of their own. */
export const roleNames = ['broker', 'bridge', 'indexer', 'analysis', 'api'] as const;
export type RoleName = (typeof roleNames)[number];

/** The cloud's configuration file; every key has a default. Every key needs a restart to take effect. */
export const cloudConfigSchema = z.strictObject({
  roles: z
    .array(z.enum(roleNames))
    .min(1)
    .default([...roleNames])
    .describe('what this process does; left out: everything'),
  data: z
    .string()
    .min(1)
    .default('./wellhead-cloud-data')
    .describe('folder of log and store, relative to this file'),
  sensorTypes: z
    .array(z.string())
    .default([])
    .describe('folders with sensor types of your own, relative to this file'),
  sites: z.string().optional().describe('folder with a YAML file for each site, relative to this file'),
  broker: z
    .strictObject({
      host: z
        .string()
        .default('127.0.0.1')
        .describe('address to listen on; 0.0.0.0 for gateways on the network'),
      port: port.default(1883).describe('port for gateways; 0 takes any free one'),
      maxPacket: sizeSchema
        .prefault('512kB')
        .describe('larger packets are refused from their declared length'),
      maxConnections: z.number().int().min(1).max(100_000).default(10_000),
      credentials: z
        .array(credentialSchema)
        .optional()
        .describe('gateways that may connect; left out: anybody, and then only on this machine'),
    })
    .prefault({}),
  bridge: z
    .strictObject({
      url: z
        .string()
        .regex(/^(mqtts?|wss?):\/\/[^/]+/, 'an address such as mqtts://broker.example.org:8883 is expected')
        .optional()
        .describe('a broker of your own; left out: the embedded one'),
      username: z.string().min(1).optional(),
      password: z.string().optional(),
      name: idSchema
        .optional()
        .describe(
          'name of this process at the broker, no other’s and the same after a restart; left out: the host’s',
        ),
      mqttVersion: z
        .union([z.literal(4), z.literal(5)])
        .default(5)
        .describe('4 is MQTT 3.1.1'),
      group: z
        .union([idSchema, z.literal(false)])
        .default('wellhead')
        .describe('bridges of one group share the messages; false: without sharing'),
      sessionExpiry: durationSchema
        .prefault('1d')
        .describe('so long the broker keeps messages for a bridge that is away'),
      receiveMaximum: z
        .number()
        .int()
        .min(1)
        .max(65_535)
        .default(100)
        .describe('messages under way to a bridge at once'),
      maxPending: sizeSchema
        .prefault('64MB')
        .describe('batches that wait for the log at once; more come again later'),
    })
    .prefault({}),
  log: z
    .discriminatedUnion('kind', [levelLogSchema, kafkaLogSchema], {
      error: ({ code }) => (code === 'invalid_union' ? 'choose leveldb or kafka' : undefined),
    })
    .prefault({}),
  store: z
    .discriminatedUnion('kind', [duckdbSchema, elasticsearchSchema], {
      error: ({ code }) => (code === 'invalid_union' ? 'choose duckdb or elasticsearch' : undefined),
    })
    .prefault({}),
  analysis: z
    .strictObject({
      every: durationSchema
        .prefault('15m')
        .describe('new readings are looked at so long after the first of them, and all together'),
      workers: z.number().int().min(1).max(64).default(1).describe('threads that detectors run in'),
      alarmsPerYear: z
        .number()
        .positive()
        .max(365)
        .default(usualAlarmsPerYear)
        .describe('false alarms a year that are acceptable for each property of a sensor'),
      detectors: z
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .default(5_000)
        .describe(
          'detectors kept in memory; where there are more sensors, some are built again in each round',
        ),
    })
    .prefault({}),
  http: z
    .strictObject({
      host: z.string().default('127.0.0.1').describe('address of the dashboard and the API'),
      port: port.default(8080).describe('port of the dashboard and the API; 0 takes any free one'),
      access: z
        .enum(['open', 'tokens'])
        .optional()
        .describe(
          'open: whoever reaches the port may do everything; tokens: everybody needs an API token. Left out: open on this machine only, else tokens',
        ),
      licence: z
        .string()
        .min(1)
        .max(500)
        .optional()
        .describe(
          'what others may do with the readings, for every export: the name of a licence or its address',
        ),
    })
    .prefault({}),
});

export type CloudConfig = z.infer<typeof cloudConfigSchema>;
