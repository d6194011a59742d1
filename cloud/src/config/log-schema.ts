// Keys of the log: where accepted batches wait for those who read them.
import { sizeSchema } from '@wellhead/protocol';
import { z } from 'zod';

const deadLetters = z.number().int().min(1).max(1_000_000).default(10_000).describe('unusable messages kept');

export const levelLogSchema = z.strictObject({
  kind: z.literal('leveldb').optional().default('leveldb').describe('in a folder, for one process'),
  budget: sizeSchema
    .prefault('4GB')
    .describe('room on the disk; entries all consumers are past go first, then new batches are refused'),
  deadLetters,
});

export const kafkaLogSchema = z.strictObject({
  kind: z.literal('kafka').describe('in a cluster of its own, for many processes'),
  brokers: z
    .array(z.string().regex(/^[^\s:/]+:\d+$/, 'write an address such as kafka-1:9092'))
    .min(1)
    .describe('addresses of the cluster; one is enough, more are tried in turn'),
  topic: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,200}$/, 'use letters, digits, ".", "_" and "-"')
    .default('wellhead-readings'),
  partitions: z.number().int().min(1).max(1_000).default(6).describe('used when the topic is made'),
  replication: z.number().int().min(1).max(9).default(1).describe('copies; used when the topic is made'),
  ssl: z.boolean().default(false).describe('encrypted, as the brokers’ SSL and SASL_SSL listeners want it'),
  caFile: z
    .string()
    .optional()
    .describe('with ssl: certificate of the authority of the brokers’ certificates, relative to this file'),
  username: z.string().min(1).optional().describe('for SASL SCRAM-SHA-256'),
  password: z.string().optional(),
  deadLetters,
});
