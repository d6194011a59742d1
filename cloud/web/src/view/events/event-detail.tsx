// One event: what it was, why the analysis thinks so, and how the readings around it looked.
import type { EventAnswer } from '../../../../src/api/answer/answers.ts';
import { useAnswer } from '../../client/use-answer.ts';
import type { Overview } from '../../client/use-sensors.ts';
import { formatAge } from '../../format/time.ts';
import { useTime } from '../../format/use-time.ts';
import { EventMark } from '../event-mark.tsx';
import type { PageLinks } from '../link.tsx';
import { EventPicture, spanAround } from './event-picture.tsx';
import { placeOf } from './event-row.tsx';
import { FeedbackForm } from './feedback-form.tsx';

interface EventDetailProps {
  readonly id: string;
  /** What the list knows of it already. */
  readonly listed: EventAnswer | undefined;
  readonly overview: Overview;
  readonly links: PageLinks;
  readonly onJudged: () => void;
}

export function EventDetail({ id, listed, overview, links, onJudged }: EventDetailProps) {
  const formatTime = useTime();
  // A link may lead to an event that the filter of the list leaves out.
  const other = useAnswer<EventAnswer>(
    listed === undefined ? `/api/v1/events/${encodeURIComponent(id)}` : undefined,
  );
  const event = listed ?? other.data;
  if (event === undefined)
    return (
      <section class="event-detail">
        <p class="muted">{other.isAbsent ? `There is no event ${id}.` : (other.problem ?? 'Loading …')}</p>
      </section>
    );
  const start = Date.parse(event.start);
  const end = event.end === null ? undefined : Date.parse(event.end);
  const [sensor] = event.sensors;
  return (
    <section class="event-detail" aria-labelledby="event-title">
      <h2 id="event-title">
        <EventMark kind={event.kind} /> {event.kind}: {event.cause.replaceAll('-', ' ')}
      </h2>
      <p class="muted">
        {placeOf(event, overview)} · from {formatTime(start)}{' '}
        {end === undefined ? 'and goes on' : `to ${formatTime(end)} (${formatAge((end - start) / 1000)})`}
        {event.withdrawn ? ' · taken back by newer readings' : ''}
      </p>
      <p class="explanation">{event.explanation}</p>
      <EventPicture event={event} overview={overview} />
      <h3>Why</h3>
      <ul class="evidence">
        {event.evidence.map(({ detector, property, text }) => (
          <li key={`${detector} ${property} ${text}`}>
            {text} <span class="muted">({detector})</span>
          </li>
        ))}
      </ul>
      <p class="muted">
        {event.kind === 'process' ? `${event.score.toFixed(1)} times the threshold · ` : ''}first known{' '}
        {formatTime(Date.parse(event.decidedAt))} · found by {event.rules}
      </p>
      <p>
        <a
          {...links.to({
            view: 'charts',
            site: event.site,
            ...(event.sensors.length === 1 && sensor !== undefined && { sensor }),
            range: spanAround(event),
          })}
        >
          Show it in the charts
        </a>
      </p>
      {event.feedback === null ? null : (
        <p>
          Judged <b>{event.feedback.verdict}</b> by {event.feedback.author || 'somebody'},{' '}
          {formatTime(Date.parse(event.feedback.at))}
          {event.feedback.note === '' ? '' : `: ${event.feedback.note}`}
        </p>
      )}
      <FeedbackForm id={event.id} onJudged={onJudged} />
    </section>
  );
}
