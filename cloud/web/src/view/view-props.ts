// What every view of the dashboard is given.
import type { LiveHub } from '../client/live-hub.ts';
import type { Overview } from '../client/use-sensors.ts';
import type { PageAddress } from '../page/page-address.ts';
import type { PageLinks } from './link.tsx';

/** What every view is given. */
export interface ViewProps {
  readonly overview: Overview;
  readonly address: PageAddress;
  /** The cloud's clock, ticking: milliseconds since 1970, UTC. */
  readonly now: number;
  readonly links: PageLinks;
  readonly live: LiveHub;
}
