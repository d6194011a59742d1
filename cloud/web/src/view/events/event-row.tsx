// One event in the list.
import type { EventAnswer } from '../../../../src/api/answer/answers.ts';
import type { Overview } from '../../client/use-sensors.ts';
import { useTime } from '../../format/use-time.ts';
import { EventMark } from '../event-mark.tsx';
import type { PageLinks } from '../link.tsx';

interface EventRowProps {
  readonly event: EventAnswer;
  readonly overview: Overview;
  readonly isChosen: boolean;
  readonly links: PageLinks;
}

export function EventRow({ event, overview, isChosen, links }: EventRowProps) {
  const formatTime = useTime();
  return (
    <li>
      <a {...links.with({ event: event.id })} aria-current={isChosen ? 'true' : undefined}>
        <EventMark kind={event.kind} />
        <span class="event-title">
          <b>
            {event.kind}: {event.cause.replaceAll('-', ' ')}
          </b>{' '}
          {event.end === null ? <span class="open-mark">goes on</span> : null}
        </span>
        <span class="muted">
          {placeOf(event, overview)} · {formatTime(Date.parse(event.start))}
          {event.feedback === null ? '' : ` · judged ${event.feedback.verdict}`}
        </span>
      </a>
    </li>
  );
}

/** The sensors in the words of their site. */
export function placeOf({ site, sensors }: EventAnswer, overview: Overview): string {
  const titles = sensors.map(
    (name) =>
      overview.sensors.find((sensor) => sensor.site === site && sensor.sensor === name)?.title ?? name,
  );
  const title = overview.sites.find((one) => one.site === site)?.title ?? site;
  return `${titles.join(', ')} at ${title}`;
}
