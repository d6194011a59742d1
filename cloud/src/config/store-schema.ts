// Keys of the store: where readings are kept, and how much of the machine that may take.
import { durationSchema, sizeSchema } from '@wellhead/protocol';
import { z } from 'zod';

const linger = (usual: string) =>
  durationSchema.prefault(usual).describe('new readings wait this long for company before they are stored');

export const duckdbSchema = z.strictObject({
  // Optional first: only so may the key that tells the kinds apart be left out.
  kind: z.literal('duckdb').optional().default('duckdb').describe('in one file, for one machine'),
  memoryLimit: sizeSchema.prefault('256MB').describe('memory the database may use'),
  threads: z.number().int().min(1).max(64).default(2).describe('threads the database may use'),
  linger: linger('100ms'),
});

export const elasticsearchSchema = z.strictObject({
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
  keepMonths: z
    .number()
    .int()
    .min(1)
    .max(1_200)
    .optional()
    .describe(
      'so many whole months before the present one are kept, by the readings’ own time, and older readings are dropped for good; left out: all are kept',
    ),
});
