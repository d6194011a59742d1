// Files that loggers append to, as the registry knows them.
import { sourceDriver } from '../driver-entry.ts';
import { fileCheck } from './check.ts';
import { fileSchema } from './config.ts';
import { followFile } from './follow-file.ts';

export const file = sourceDriver({
  about: 'read from a CSV file that a logger appends to',
  schema: fileSchema,
  check: fileCheck,
  start: ({ id, type, config }, host, beside) =>
    followFile({ id, type, file: { ...config, path: beside(config.path) } }, host),
});
