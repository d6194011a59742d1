// Sensors that speak in lines of text, as the registry knows them.
import { busDriver } from '../driver-entry.ts';
import { pollPlan } from '../poll/plan.ts';
import { asciiCheck } from './check.ts';
import { asciiSchema } from './config.ts';
import { listenForText } from './listen.ts';
import { textDevice } from './request.ts';

export const ascii = busDriver({
  about: 'read as lines of text from a serial port',
  schema: asciiSchema,
  check: asciiCheck,
  busOf: ({ bus }) => bus,
  devicesOn(sensors, { bus }) {
    // One that speaks by itself has its bus for itself.
    if (sensors[0]?.config.request === undefined) return undefined;
    return sensors.flatMap(({ id, type, config }) => {
      const { request } = config;
      return request === undefined
        ? []
        : [textDevice({ id, type, plan: pollPlan(type, config), ...config, request }, bus)];
    });
  },
  listen: ({ id, type, config }, { bus }, host) => listenForText({ id, type, ...config }, bus, host),
});
