// From a file's configuration to where in its lines what stands.
import type { SensorType } from '@wellhead/protocol';
import type { z } from 'zod';
import type { TableMapping } from '../../decode/table-row.ts';
import { createTimeReader } from '../../decode/time-format.ts';
import type { fileSchema } from './config.ts';

export type FileConfig = z.output<typeof fileSchema>;

export function fileMapping(config: FileConfig, type: SensorType): TableMapping {
  const { columns, time, values, delimiter, decimal } = config;
  const common = { delimiter, decimal, readTime: createTimeReader(config) };
  const names = type.properties.map(({ name }) => name);
  if (columns === undefined) {
    const byName = names.map((name) => (values === undefined ? name : values[name]));
    return { ...common, time: [time ?? 'time'].flat(), values: byName };
  }
  const checkpoint = (name: string) => columns.indexOf(name) + 1;
  const number = (name: string) => (columns.includes(name) ? checkpoint(name) : undefined);
  const isTimeOrDate = (name: string) => columns.includes(name);
  return {
    ...common,
    time: ['date', 'time'].filter(isTimeOrDate).map(checkpoint),
    values: names.map(number),
    width: columns.length,
  };
}
