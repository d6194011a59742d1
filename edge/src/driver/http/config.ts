// The keys of a sensor whose readings stand on a web server.
import { sizeSchema, wordSchema } from '@wellhead/protocol';
import { z } from 'zod';
import { parsePath } from '../../decode/path.ts';
import { pollKeys } from '../poll/config.ts';
import { columnSchema, tableKeys, timeColumnsSchema, timeKeys } from '../table/config.ts';

const authenticationSchema = z
  .strictObject({
    username: z.string().min(1).optional().describe('with a password: basic authentication'),
    password: z.string().min(1).optional().describe('the password itself; better in a file'),
    passwordFile: z
      .string()
      .min(1)
      .optional()
      .describe('a file with the password and nothing else, relative to this one; read at every request'),
    token: z.string().min(1).optional().describe('bearer token itself; better in a file'),
    tokenFile: z.string().min(1).optional().describe('a file with the bearer token and nothing else'),
  })
  .refine(
    ({ username, password, passwordFile, token, tokenFile }) => {
      const given = (...values: unknown[]) => values.filter((value) => value !== undefined).length;
      return username === undefined
        ? given(token, tokenFile) === 1 && given(password, passwordFile) === 0
        : given(password, passwordFile) === 1 && given(token, tokenFile) === 0;
    },
    { message: 'give username with password or passwordFile, or token or tokenFile' },
  );

const { bus: _bus, ...when } = pollKeys;

/** A feed on the network that is asked for its newest readings. */
export const httpSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'an address such as https://station.example.org/now is expected' })
      .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'put name and password under authentication')
      .describe('where the readings are'),
    ...when,
    timeout: when.timeout.unwrap().prefault('10s').describe('an answer that takes longer is none'),
    headers: z
      .record(
        z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'the name of a header is expected'),
        z.string().max(4_096),
      )
      .optional()
      .describe('more headers of the request'),
    authentication: authenticationSchema
      .optional()
      .describe('sent to the host of the url only, never to another that it redirects to'),
    format: z.enum(['json', 'xml', 'csv']).default('json'),
    records: z
      .string()
      .refine((path) => parsePath(path) !== undefined, 'a path such as data.items is expected')
      .optional()
      .describe('path of the list of readings in JSON or XML; left out: the whole body'),
    time: timeColumnsSchema
      .optional()
      .describe(
        'the path of the time in a record, or its columns in CSV; left out: `measuredAt`, `time` or `timestamp` (CSV: none, the time of receipt)',
      ),
    values: z
      .record(wordSchema, columnSchema)
      .optional()
      .describe(
        'the path of each property in a record, as `pm10: "measures[kind=pm10].value"`, in XML `@name` is an attribute; its column in CSV; left out: the names of the properties',
      ),
    ...tableKeys,
    ...timeKeys,
    maxBody: sizeSchema.prefault('1MB').describe('a larger answer is refused'),
  })
  .refine(
    ({ format, time, values }) =>
      format === 'csv' ||
      (!Array.isArray(time) &&
        [time, ...Object.values(values ?? {})].every(
          (path) => path === undefined || (typeof path === 'string' && parsePath(path) !== undefined),
        )),
    { message: 'in JSON and XML time and values are paths, as data.0.value' },
  );
