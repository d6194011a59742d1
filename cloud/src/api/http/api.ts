// The HTTP side: API, dashboard, live stream.
import type { SensorType, Site } from '@wellhead/protocol';
import type { FastifyRequest } from 'fastify';
import type { AccessParts } from '../../access/open-access.ts';
import type { ReanalysisJobs } from '../../analysis/history/reanalysis-jobs.ts';
import type { Intake } from '../../bridge/intake.ts';
import type { DeadLetters } from '../../dead-letter/dead-letters.ts';
import type { Gateways } from '../../fleet/gateways.ts';
import type { Requests } from '../../fleet/requests.ts';
import type { CloudMeters } from '../../health/meters.ts';
import type { DipsOf } from '../../overview/describe-dips.ts';
import type { ReadingStore } from '../../store/reading-store.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import type { LiveStreams } from '../live/live-streams.ts';
import type { ExportSlots } from './export-slots.ts';

export interface ApiOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly version: string;
  /** What others may do with the readings; goes with every export. */
  readonly licence?: string | undefined;
  readonly store: ReadingStore;
  readonly gateways: Gateways;
  readonly deadLetters: DeadLetters;
  /** The way into the log; left out where this process has no bridge. */
  readonly intake?: Intake;
  /** The way to gateways; left out with `intake`. */
  readonly requests?: Requests;
  /** Reanalyses; left out where this process does not analyse. */
  readonly history?: ReanalysisJobs;
  /** The largest body with readings: as large as a packet of MQTT. */
  readonly maxReadingsBytes: number;
  /**
   * A client whose request, with its body, is not whole by then is cut off, at most as long again later; half a minute
   * unless given, so cut off after 30 to 60 s.
   */
  readonly requestTimeoutMs?: number;
  readonly types: ReadonlyMap<string, SensorType>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly live: LiveFeed;
  readonly meters: CloudMeters;
  readonly now: () => number;
  /** What /health says beside what the API knows itself. */
  readonly health: () => Readonly<Record<string, unknown>>;
  /** Tokens, sessions and the audit log; left out, as in tests of other things: everybody may do everything. */
  readonly access?: AccessParts;
  /** Told of every method and path that the server takes, as it opens. */
  readonly onRoute?: (method: string, path: string) => void;
  /** Hears of answers that failed for no fault of the client; they are counted as status 5xx beside. */
  readonly onError?: (error: Error) => void;
}

/** What routes work with: one for each server. */
export interface ApiContext extends ApiOptions {
  /** Of `sites`, sorted out once. */
  readonly dips: DipsOf;
  readonly streams: LiveStreams;
  readonly exports: ExportSlots;
  /** The API in OpenAPI, as JSON. */
  readonly description: string;
  /** Told when an answer breaks after its first bytes have gone out. */
  readonly onBroken: (request: FastifyRequest, error: Error) => void;
}

export interface Api {
  readonly port: number;
  close(): Promise<void>;
}
