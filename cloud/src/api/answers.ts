// The shapes of the API's answers, shared with the dashboard. Types only.
import type { SensorType } from '@wellhead/protocol';
import type { Feedback, StoredEvent } from '../store/event-store.ts';
import type { StoredReading } from '../store/reading-store.ts';
import type { Freshness } from './freshness.ts';
import type { MissingRange } from './missing.ts';

/** Times are ISO 8601, UTC. `now` is the cloud's clock, so that clients need not trust their own. */
export interface SensorsAnswer {
  readonly now: string;
  readonly sensors: readonly SensorAnswer[];
}

export interface SensorAnswer {
  readonly site: string;
  readonly sensor: string;
  readonly title: string;
  readonly type: string;
  readonly typeTitle: string | null;
  readonly gateway: string;
  /** null where the sensor's type is unknown here. */
  readonly intervalSeconds: number | null;
  readonly gapSteps: number;
  readonly properties: readonly PropertyAnswer[];
  readonly readings: number;
  readonly firstMeasuredAt: string | null;
  readonly lastMeasuredAt: string | null;
  readonly lastStoredAt: string | null;
  readonly freshness: Freshness;
  readonly origins: readonly OriginAnswer[];
}

/** Only the name where the type does not know the property. */
export interface PropertyAnswer {
  readonly name: string;
  /** Whether the sensor has ever named it; a type may know more than one instrument measures. */
  readonly isSent: boolean;
  readonly title?: string;
  readonly unit?: string;
  readonly resolution?: number;
}

export interface OriginAnswer {
  readonly origin: string;
  /** The highest seq held here. */
  readonly highest: number;
  readonly missing: readonly MissingRange[];
}

export interface SitesAnswer {
  readonly now: string;
  readonly sites: readonly SiteAnswer[];
}

export interface SiteAnswer {
  readonly site: string;
  readonly title: string;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  readonly sensors: number;
  readonly readings: number;
  readonly newestMeasuredAt: string | null;
  readonly newestStoredAt: string | null;
  readonly gateways: readonly GatewayAnswer[];
}

export interface GatewayAnswer {
  readonly gateway: string;
  readonly state: 'online' | 'offline' | 'stopped' | 'unknown';
  readonly heardAt: string;
  /** Readings it holds without a receipt, as it last said. */
  readonly undelivered: number | null;
}

export interface LatestAnswer {
  readonly now: string;
  readonly readings: readonly StoredReading[];
}

export interface ReadingsAnswer {
  readonly readings: readonly StoredReading[];
  /** Give it back as `cursor` for what follows; null at the end. */
  readonly next: string | null;
  /** How many readings are in this answer. */
  readonly count: number;
  readonly range: { readonly from: string | null; readonly to: string | null };
}

export interface EventsAnswer {
  readonly events: readonly EventAnswer[];
  /** Give it back as `cursor` for what follows; null at the end. */
  readonly next: string | null;
  readonly count: number;
}

type EventTime = 'start' | 'peak' | 'end' | 'decidedAt' | 'foundAt' | 'changedAt';

export interface EventAnswer extends Omit<StoredEvent, EventTime | 'partOf' | 'value' | 'expected'> {
  /** Of the first property at the peak; null where there is none to tell of. */
  readonly value: number | null;
  readonly expected: number | null;
  readonly start: string;
  readonly peak: string;
  /** Its last reading; null while it goes on. */
  readonly end: string | null;
  readonly decidedAt: string;
  readonly foundAt: string;
  readonly changedAt: string;
  /** The regional event that explains it. */
  readonly partOf: string | null;
  /** What was last said of it. */
  readonly feedback: (Omit<Feedback, 'event' | 'at'> & { readonly at: string }) | null;
}

type TypeProperty = SensorType['properties'][number];

export interface TypesAnswer {
  readonly types: readonly TypeAnswer[];
}

export interface TypeAnswer extends Pick<SensorType, 'type' | 'title' | 'version'> {
  readonly intervalSeconds: number;
  readonly gapSteps: number;
  readonly futureSeconds: number;
  readonly properties: readonly TypePropertyAnswer[];
}

/** `rateOfChange` is per hour. */
export interface TypePropertyAnswer extends Omit<TypeProperty, 'flatLine'> {
  readonly flatLine?: {
    readonly suspectSeconds?: number;
    readonly badSeconds?: number;
    readonly tolerance: number;
  };
}
