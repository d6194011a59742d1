// How sites, gateways, sensors, types and properties may be called.
import { z } from 'zod';

/** Sites, gateways and sensors: fit for topics, file names and addresses on every system. */
export const idSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
    'use 1 to 64 letters, digits, "_", "-" or ".", starting with a letter or digit',
  );

/** Sensor types and properties: fit for column names. */
export const wordSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,47}$/,
    'use lower-case letters, digits and "_", starting with a letter, 48 at most',
  );

/** Sensor types may also hold a "-", as in air-quality. */
export const typeNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,47}$/,
    'use lower-case letters, digits and "-", starting with a letter, 48 at most',
  );
