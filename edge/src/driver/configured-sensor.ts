import type { SensorType } from '@wellhead/protocol';
import type { SensorConfig } from '../config/schema.ts';

export type ConfiguredSensor = Omit<SensorConfig, 'type'> & { readonly type: SensorType };
