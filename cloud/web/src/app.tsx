// The page: one view at a time, kept up by one live stream.
import { useMemo } from 'preact/hooks';
import { createLiveHub } from './client/live-hub.ts';
import { useLive } from './client/use-live.ts';
import { useSensors } from './client/use-sensors.ts';
import { useSession } from './client/use-session.ts';
import { zoneOf } from './format/time.ts';
import { ZoneContext } from './format/use-time.ts';
import { livePath } from './page/live-path.ts';
import { useNow } from './page/use-now.ts';
import { usePageAddress } from './page/use-page-address.ts';
import { usePageTitle } from './page/use-page-title.ts';
import { FleetView } from './view/fleet/fleet-view.tsx';
import { lazyView } from './view/lazy-view.tsx';
import { pageLinks } from './view/link.tsx';
import { PageContent } from './view/page-content.tsx';
import { PageHeader } from './view/page-header.tsx';

const views = {
  fleet: FleetView,
  charts: lazyView(async () => (await import('./view/charts/charts-view.tsx')).ChartsView),
  events: lazyView(async () => (await import('./view/events/events-view.tsx')).EventsView),
  quality: lazyView(async () => (await import('./view/quality/quality-view.tsx')).QualityView),
  operations: lazyView(async () => (await import('./view/operations/operations-view.tsx')).OperationsView),
};

/** Above this many sensors ages are counted in tens of seconds: thousands of rows need not tick. */
const manySensors = 200;

export function App() {
  const [address, open] = usePageAddress();
  const links = useMemo(() => pageLinks(address, open), [address, open]);
  const siteOnly = address.view === 'charts' ? address.site : undefined;
  const { overview, problem, refreshSoon, note } = useSensors(siteOnly);
  const { user, mustLogIn, mayAsk } = useSession();
  const hub = useMemo(createLiveHub, []);
  const live = useLive(mayAsk ? livePath(address) : undefined, {
    onReadings: (arrived) => {
      note(arrived);
      hub.onReadings(arrived);
      refreshSoon();
    },
    // Charts take the end of their range from the list: loaded before it, they would lack what was missed.
    onBehind: () => refreshSoon(hub.onBehind),
  });
  const now = useNow(
    overview?.clockOffsetMs ?? 0,
    (overview?.sensors.length ?? 0) > manySensors ? 10_000 : 1_000,
  );
  const siteZone = overview?.sites.find(({ site }) => site === address.site)?.timeZone;
  usePageTitle(address);
  const View = views[address.view];
  // On its way while the sensors are asked for.
  if ('preload' in View) View.preload();
  return (
    <ZoneContext.Provider value={zoneOf(address.zone, siteZone)}>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <PageHeader
        address={address}
        siteZone={siteZone}
        live={mustLogIn ? undefined : live}
        links={links}
        user={user}
      />
      <main id="main" tabIndex={-1}>
        <PageContent
          mustLogIn={mustLogIn}
          overview={overview}
          isOfOneSite={siteOnly !== undefined}
          problem={problem}
        >
          {(known) => <View overview={known} address={address} now={now} links={links} live={hub} />}
        </PageContent>
      </main>
    </ZoneContext.Provider>
  );
}
