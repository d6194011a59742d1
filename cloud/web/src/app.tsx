// The page: one view at a time, kept up by one live stream.
import { useEffect, useMemo } from 'preact/hooks';
import { createLiveHub } from './client/live-hub.ts';
import { useAnswer } from './client/use-answer.ts';
import { useLive } from './client/use-live.ts';
import { useSensors } from './client/use-sensors.ts';
import { zoneOf } from './format/time.ts';
import { ZoneContext } from './format/use-time.ts';
import type { PageAddress } from './page/page-address.ts';
import { useNow } from './page/use-now.ts';
import { usePageAddress } from './page/use-page-address.ts';
import { EmptyState } from './view/empty-state.tsx';
import { FleetView } from './view/fleet/fleet-view.tsx';
import { lazyView } from './view/lazy-view.tsx';
import { pageLinks } from './view/link.tsx';
import { LoginForm, type Session } from './view/login.tsx';
import { PageHeader } from './view/page-header.tsx';

const ChartsView = lazyView(async () => (await import('./view/charts/charts-view.tsx')).ChartsView);
const EventsView = lazyView(async () => (await import('./view/events/events-view.tsx')).EventsView);
const QualityView = lazyView(async () => (await import('./view/quality/quality-view.tsx')).QualityView);
const OperationsView = lazyView(
  async () => (await import('./view/operations/operations-view.tsx')).OperationsView,
);

/** Above this many sensors ages are counted in tens of seconds: thousands of rows need not tick. */
const manySensors = 200;

export function App() {
  const [address, open] = usePageAddress();
  const links = useMemo(() => pageLinks(address, open), [address, open]);
  const { overview, problem, refreshSoon, note } = useSensors(
    address.view === 'charts' ? address.site : undefined,
  );
  const { data: session, problem: sessionProblem } = useAnswer<Session>('/api/v1/session');
  const mustLogIn = session?.access === 'tokens' && session.name === null;
  // Before somebody has logged in there is nothing to listen to; a server that is gone is waited for.
  const mayAsk = !mustLogIn && (session !== undefined || sessionProblem !== undefined);
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
  const title = titleOf(address);
  useEffect(() => {
    document.title = title;
  }, [title]);

  const views = {
    fleet: FleetView,
    charts: ChartsView,
    events: EventsView,
    quality: QualityView,
    operations: OperationsView,
  };
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
        user={session?.access === 'tokens' ? (session.name ?? undefined) : undefined}
      />
      <main id="main" tabIndex={-1}>
        {mustLogIn ? <LoginForm onDone={() => location.reload()} /> : null}
        {problem === undefined || mustLogIn ? null : (
          <p class="notice" role="alert">
            {problem} {overview === undefined ? 'Nothing can be shown yet' : 'What you see may be old'}; the
            page keeps trying by itself.
          </p>
        )}
        {mustLogIn ? null : overview === undefined ? (
          problem === undefined ? (
            <p class="muted">Loading …</p>
          ) : null
        ) : overview.sensors.length === 0 ? (
          <EmptyState />
        ) : (
          <View overview={overview} address={address} now={now} links={links} live={hub} />
        )}
      </main>
    </ZoneContext.Provider>
  );
}

/** Charts need only what they show; a fleet of thousands would drown them. */
function livePath({ view, site, sensor }: PageAddress): string {
  if (view !== 'charts' || site === undefined) return '/api/v1/live';
  const query = new URLSearchParams(sensor === undefined ? { site } : { site, sensor });
  return `/api/v1/live?${query}`;
}

function titleOf({ view, site, sensor }: PageAddress): string {
  const what =
    view === 'charts'
      ? `${site}${sensor === undefined ? '' : `/${sensor}`}`
      : view[0]!.toUpperCase() + view.slice(1);
  return `${what} · Wellhead`;
}
