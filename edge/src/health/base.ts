// What every part of the gateway is given: log, counters, clock.
import type { Logger } from '@wellhead/host';
import type { ClockState } from '@wellhead/protocol';
import { watchClock } from '../clock/clock-state.ts';
import { type GatewayMeters, openGatewayMeters } from './meters.ts';

export interface GatewayBase {
  readonly logger: Logger;
  readonly meters: GatewayMeters;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly clockState: () => ClockState;
}

export function createBase(logger: Logger): GatewayBase {
  const now = Date.now;
  return { logger, now, meters: openGatewayMeters(), clockState: watchClock(now) };
}
