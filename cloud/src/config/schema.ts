import { durationSchema, idSchema, sizeSchema } from '@wellhead/protocol';
import { z } from 'zod';

const port = z.number().int().min(0).max(65_535);

const credentialSchema = z.strictObject({
  site: idSchema,
  gateway: idSchema,
  password: z.string().min(8, 'a password has at least 8 characters'),
});

const linger = (usual: string) =>
  durationSchema.prefault(usual).describe('new readings wait this long for company before they are stored');

const duckdbSchema = z.strictObject({
  // Optional first: only so may the key that tells the kinds apart be left out.
  kind: z.literal('duckdb').optional().default('duckdb').describe('in one file, for one machine'),
  memoryLimit: sizeSchema.prefault('256MB').describe('memory the database may use'),
  threads: z.number().int().min(1).max(64).default(2).describe('threads the database may use'),
  linger: linger('100ms'),
});

const elasticsearchSchema = z.strictObject({
  kind: z.literal('elasticsearch').describe('in a cluster of its own, for many machines'),
  nodes: z
    .array(z.url({ protocol: /^https?$/, error: 'write an address such as https://es-1:9200' }))
    .min(1)
    .describe('addresses of the cluster; one is enough, more are tried in turn'),
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and "-", starting with a letter')
    .default('wellhead')
    .describe('begins the names of all indices'),
  apiKey: z.string().min(1).optional().describe('as Kibana shows it (Base64); goes before a user name'),
  username: z.string().min(1).optional().describe('for a cluster without API keys'),
  password: z.string().optional(),
  caFile: z
    .string()
    .optional()
    .describe('certificate of the authority of the cluster’s certificates, relative to this file'),
  linger: linger('1s'),
});

/** The cloud's configuration file; every key has a default. Every key needs a restart to take effect. */
export const cloudConfigSchema = z.strictObject({
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
  log: z
    .strictObject({
      budget: sizeSchema
        .prefault('4GB')
        .describe('room on the disk; entries all consumers are past go first'),
      deadLetters: z.number().int().min(1).max(1_000_000).default(10_000).describe('unusable messages kept'),
    })
    .prefault({}),
  store: z
    .discriminatedUnion('kind', [duckdbSchema, elasticsearchSchema], {
      error: ({ code }) => (code === 'invalid_union' ? 'choose duckdb or elasticsearch' : undefined),
    })
    .prefault({}),
  http: z
    .strictObject({
      host: z.string().default('127.0.0.1').describe('address of the dashboard and the API'),
      port: port.default(8080).describe('port of the dashboard and the API; 0 takes any free one'),
    })
    .prefault({}),
});

export type CloudConfig = z.infer<typeof cloudConfigSchema>;
