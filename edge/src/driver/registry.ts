// Every driver there is. A new one is a folder beside this file, and a line in it.
import { ascii } from './ascii/driver.ts';
import { file } from './file/driver.ts';
import { http } from './http/driver.ts';
import { modbus } from './modbus/driver.ts';
import { mqtt } from './mqtt/driver.ts';
import { sdi12 } from './sdi12/driver.ts';

/** By the key under which a sensor names it; in the order of the reference. */
export const drivers = { mqtt, modbus, sdi12, ascii, http, file };

export type Drivers = typeof drivers;
export type DriverName = keyof Drivers;
