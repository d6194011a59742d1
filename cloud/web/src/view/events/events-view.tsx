// What the analysis found: a list to choose from, and one event with its reasons.
import { eventsPath } from '../../client/list-path.ts';
import { useEventList } from '../../client/use-event-list.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import type { ViewProps } from '../view-props.ts';
import { EventDetail } from './event-detail.tsx';
import { EventFilter } from './event-filter.tsx';
import { EventRow } from './event-row.tsx';

export function EventsView({ overview, address, links }: ViewProps) {
  const { site, sensor, kind, open, event } = address;
  const list = useEventList(eventsPath({ site, sensor, kind, open }));
  const chosen = list.events?.find(({ id }) => id === event);
  return (
    <>
      <header class="view-header">
        <h1>Events</h1>
        <p class="muted">
          What the ground did (process), what an instrument did (fault), and what people did.
        </p>
      </header>
      <EventFilter sites={overview.sites} address={address} links={links} />
      <ProblemNotice problem={list.problem} onRetry={list.reload} />
      <div class="events-layout">
        <div>
          {list.events?.length === 0 ? (
            <p class="notice">
              No event fits. Take filters away; the analysis looks at new readings every few minutes, and
              needs some weeks of them before it judges.
            </p>
          ) : null}
          {list.events === undefined && list.problem === undefined ? <p class="muted">Loading …</p> : null}
          <ul class="event-list">
            {list.events?.map((one) => (
              <EventRow
                key={one.id}
                event={one}
                overview={overview}
                isChosen={one.id === event}
                links={links}
              />
            ))}
          </ul>
          {list.more === undefined ? null : (
            <button type="button" class="more" onClick={list.more}>
              Older events
            </button>
          )}
        </div>
        {event === undefined || list.events === undefined ? null : (
          <EventDetail
            key={event}
            id={event}
            listed={chosen}
            overview={overview}
            links={links}
            onJudged={list.reload}
          />
        )}
      </div>
    </>
  );
}
