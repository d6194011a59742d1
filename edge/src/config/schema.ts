// Every key of the gateway’s configuration file, with its default; the reference page is made of it.
import {
  durationSchema,
  idSchema,
  qualitySettingsSchema,
  sizeSchema,
  typeNameSchema,
  wordSchema,
} from '@wellhead/protocol';
import { z } from 'zod';
import { type DriverName, type Drivers, drivers } from '../driver/registry.ts';
import { busSchema } from '../driver/serial-bus/config.ts';

const port = z.number().int().min(0).max(65_535);

type DriverKeys = { [Name in DriverName]: z.ZodOptional<Drivers[Name]['schema']> };

/** Where a sensor's readings come from; a sensor names one. */
const driverKeys = Object.fromEntries(
  Object.entries(drivers).map(([name, { schema, about }]) => [name, schema.optional().describe(about)]),
) as DriverKeys;

const sensorShape = z.strictObject({
  id: idSchema.describe('name of the sensor within its site'),
  type: typeNameSchema.describe('one of the sensor types'),
  title: z.string().optional().describe('what people see'),
  quality: z
    .record(wordSchema, qualitySettingsSchema)
    .optional()
    .describe('settings of this site over those of the sensor type, by property'),
  ...driverKeys,
});

const driverNames = Object.keys(drivers) as DriverName[];

const sensorSchema = sensorShape.refine(
  (sensor) => driverNames.filter((name) => sensor[name] !== undefined).length < 2,
  { message: `give one of ${driverNames.join(', ')}` },
);

const credentialSchema = z.strictObject({
  username: z.string().min(1),
  password: z.string().min(8, 'a password has at least 8 characters'),
});

/** The gateway's configuration file. Every key needs a restart to take effect. */
export const edgeConfigSchema = z.strictObject({
  site: idSchema.describe('the place this gateway belongs to'),
  gateway: idSchema.describe('the name of this gateway within its site'),
  data: z
    .string()
    .min(1)
    .default('./wellhead-edge-data')
    .describe('folder of the journal, relative to this file'),
  sensorTypes: z
    .array(z.string())
    .default([])
    .describe('folders with sensor types of your own, relative to this file'),
  uplink: z
    .strictObject({
      url: z
        .string()
        .regex(/^(mqtts?|wss?):\/\/[^/]+/, 'an address such as mqtts://cloud.example.org:8883 is expected')
        .describe('the cloud broker'),
      username: z.string().optional().describe('left out: <site>/<gateway>'),
      password: z.string().optional().describe('password at the cloud broker'),
      mqttVersion: z
        .union([z.literal(4), z.literal(5)])
        .default(4)
        .describe('4 is MQTT 3.1.1, which every broker speaks; 5 for Mosquitto, HiveMQ and the like'),
      keepalive: durationSchema.prefault('30s').describe('a silent link is given up after 1.5 times this'),
      retry: z
        .strictObject({
          first: durationSchema.prefault('1s').describe('wait before the second attempt'),
          max: durationSchema.prefault('1m').describe('longest wait between attempts'),
        })
        .prefault({}),
      window: z
        .strictObject({
          batches: z.number().int().min(2).max(1_000).default(16).describe('batches without a receipt'),
          bytes: sizeSchema.prefault('2MB').describe('their size together'),
        })
        .prefault({}),
      resendAfter: durationSchema
        .prefault('30s')
        .describe('a batch without a receipt is sent again after this'),
      linger: durationSchema.prefault('200ms').describe('fresh readings wait this long for company'),
      freshFor: durationSchema.prefault('2h').describe('older readings are marked historical'),
    })
    .describe('the way to the cloud'),
  broker: z
    .strictObject({
      host: z
        .string()
        .default('127.0.0.1')
        .describe('address to listen on; 0.0.0.0 for sensors on the network'),
      port: port.default(1884).describe('port for sensors; 0 takes any free one'),
      maxPacket: sizeSchema
        .prefault('64kB')
        .describe('larger packets are refused from their declared length'),
      maxConnections: z.number().int().min(1).max(10_000).default(1_000),
      users: z
        .array(credentialSchema)
        .optional()
        .describe('who may publish; left out: anybody, and then only on this machine'),
    })
    .prefault({}),
  journal: z
    .strictObject({
      budget: sizeSchema.prefault('2GB').describe('room on the disk; delivered readings go first'),
      whenFull: z
        .enum(['refuse', 'drop-oldest'])
        .default('refuse')
        .describe('when only undelivered readings are left: refuse new ones, or drop the oldest and say so'),
      deadLetters: z.number().int().min(1).max(1_000_000).default(10_000).describe('unusable messages kept'),
    })
    .prefault({}),
  health: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: port.optional().describe('port for /health and /metrics; left out: none, 0: any free one'),
    })
    .prefault({}),
  buses: z.array(busSchema).max(64).default([]).describe('lines that instruments hang on'),
  sensors: z.array(sensorSchema).min(1, 'a gateway needs at least one sensor').max(10_000),
});

export type EdgeConfig = z.infer<typeof edgeConfigSchema>;
