// The events of the range in words; the charts show where they are.
import type { EventAnswer } from '../../../../src/api/answer/answers.ts';
import { formatCount } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';
import { EventMark } from '../event-mark.tsx';
import type { PageLinks } from '../link.tsx';

/** More would push the charts away; the list of events has them all. */
const notesShown = 2;

interface EventNotesProps {
  readonly events: readonly EventAnswer[];
  readonly site: string | undefined;
  readonly problem: string | undefined;
  readonly links: PageLinks;
}

export function EventNotes({ events, site, problem, links }: EventNotesProps) {
  const formatTime = useTime();
  const list = links.to({ view: 'events', ...(site !== undefined && { site }) });
  if (problem !== undefined) return <p class="notice">The events of this range cannot be shown: {problem}</p>;
  if (events.length === 0) return <p class="muted event-notes">No events in this range.</p>;
  return (
    <details class="event-notes" open>
      <summary>
        {formatCount(events.length)} {events.length === 1 ? 'event' : 'events'} in this range
        {events.length > notesShown ? `, the newest ${notesShown} here` : ''}
      </summary>
      <ul>
        {events.slice(0, notesShown).map((event) => (
          <li key={event.id}>
            <EventMark kind={event.kind} />{' '}
            <a {...links.to({ view: 'events', event: event.id, site: event.site })}>
              {event.kind}, {event.cause.replaceAll('-', ' ')}
            </a>{' '}
            <span class="muted">
              {formatTime(Date.parse(event.start))}
              {event.end === null ? ', goes on' : ''}
            </span>{' '}
            {event.explanation}
          </li>
        ))}
      </ul>
      <a {...list}>All events of this site</a>
    </details>
  );
}
