// From a feed's configuration to where in its body what stands.
import type { SensorType } from '@wellhead/protocol';
import type { FeedMapping } from '../../decode/feed.ts';
import { parsePath } from '../../decode/path.ts';
import { createTimeReader } from '../../decode/time-format.ts';
import type { HttpConfig } from './credentials.ts';

export function feedMapping(config: HttpConfig, type: SensorType): FeedMapping {
  const { format, records, time, delimiter, decimal, skip } = config;
  const readTime = createTimeReader(config);
  const values = type.properties.map(({ name }) =>
    config.values === undefined ? name : config.values[name],
  );
  if (format === 'csv')
    return { format, time: [time ?? []].flat(), values, delimiter, decimal, skip, readTime };
  const path = (text: unknown) => (text === undefined ? undefined : parsePath(String(text)));
  return { format, records: path(records), time: path(time), values: values.map(path), readTime };
}
