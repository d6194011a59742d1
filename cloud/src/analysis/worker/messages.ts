// What the runner and its worker threads say to each other.

import type { DetectedEvent } from '../../event/event.ts';
import type { ReadingColumns } from '../../store/reading-columns.ts';
import type { DetectionSettings } from '../detector/sensor-detector.ts';
import type { Life } from './life.ts';

export interface LookRequest {
  readonly kind: 'look';
  readonly job: number;
  /** Names the detector. */
  readonly key: string;
  /** Given: a new detector begins, in place of one of the same key. */
  readonly begin?: { readonly settings: DetectionSettings; readonly life: Life };
  /** Of the properties of the settings; they move to the other thread. */
  readonly columns: ReadingColumns;
  /** Whether its events are asked for; readings alone cost less. */
  readonly tell: boolean;
}

export interface ForgetRequest {
  readonly kind: 'forget';
  readonly key: string;
}

export type WorkerRequest = LookRequest | ForgetRequest;

/** What a detector has found. */
export interface Sight {
  /** Its own events by start; left out where nobody asked. */
  readonly events?: readonly DetectedEvent[];
  /** How many process events the alarm budget left out. */
  readonly leftOut: number;
  /** Its life is over: it takes no more readings. */
  readonly isOver: boolean;
  /** Processor time of the look, in seconds. */
  readonly seconds: number;
}

export interface LookAnswer {
  readonly job: number;
  readonly sight?: Sight;
  /** Why there is none: the detector met something it was not made for. */
  readonly failure?: string;
}
