// The keys of a line that instruments hang on: a serial port, or an address on the network.
import { durationSchema, idSchema } from '@wellhead/protocol';
import { z } from 'zod';

/** A line that one or more instruments hang on. */
export const busSchema = z
  .strictObject({
    id: idSchema.describe('name of the bus, for the sensors on it'),
    serial: z
      .strictObject({
        path: z
          .string()
          .min(1)
          .describe('the port, as `/dev/serial/by-id/…` (which stays when others are plugged in)'),
        baudRate: z.number().int().min(50).max(4_000_000).default(9_600).describe('bits a second'),
        dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
        parity: z.enum(['none', 'even', 'odd']).default('none'),
        stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
      })
      .optional()
      .describe('a serial port of this machine'),
    tcp: z
      .strictObject({
        host: z.string().min(1).describe('name or address'),
        port: z.number().int().min(1).max(65_535).default(502),
        modbus: z
          .enum(['tcp', 'rtu'])
          .default('tcp')
          .describe(
            'how Modbus sensors speak here: Modbus TCP, or RTU frames through a serial device server',
          ),
      })
      .optional()
      .describe('a device or a serial device server on the network'),
    pause: durationSchema.prefault('10ms').describe('quiet time before each request'),
  })
  .refine((bus) => (bus.serial === undefined) !== (bus.tcp === undefined), {
    message: 'give either serial (a port of this machine) or tcp (an address)',
  });

export type BusConfig = z.infer<typeof busSchema>;
