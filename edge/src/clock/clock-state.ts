// Whether the times that this gateway writes can be trusted.
import { existsSync } from 'node:fs';
import { type ClockState, clockStates } from '@wellhead/protocol';

// Written by systemd-timesyncd at the first synchronisation after power-up; its folder exists where it runs.
const systemTimesync = '/run/systemd/timesync';
/** A clock before this was never set: the program itself is younger. */
const plausibleFrom = Date.UTC(2026, 0, 1);
const askAgainMs = 10_000;

/** Whether the machine's clock can be trusted, asked again every ten seconds and not for each reading. */
export function watchClock(now: () => number, timesyncFolder = systemTimesync): () => ClockState {
  let state: ClockState = clockStates.unsynchronised;
  let asked = Number.NEGATIVE_INFINITY;
  return () => {
    const time = now();
    if (Math.abs(time - asked) >= askAgainMs) {
      asked = time;
      const said = existsSync(timesyncFolder) ? existsSync(`${timesyncFolder}/synchronized`) : true;
      state = said && time >= plausibleFrom ? clockStates.synchronised : clockStates.unsynchronised;
    }
    return state;
  };
}
