import type { LiveHub } from '../data/live-hub.ts';
import type { PageAddress } from '../data/page-address.ts';
import type { Overview } from '../data/use-sensors.ts';
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
