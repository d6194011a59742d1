// Writes something beside the readings: about a sensor or the site, at a moment or for the shown range.
import { useState } from 'preact/hooks';
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { postAnswer } from '../../client/fetch-answer.ts';
import { useTime } from '../../format/use-time.ts';
import type { Span } from '../../page/step-range.ts';

const longestText = 1_000;
const minuteMs = 60_000;

interface AnnotationFormProps {
  readonly site: string;
  readonly sensors: readonly SensorAnswer[];
  readonly shown: Span;
  /** Undefined until the cursor was set on a chart. */
  readonly moment: number | undefined;
  readonly onWritten: () => void;
}

export function AnnotationForm({ site, sensors, shown, moment, onWritten }: AnnotationFormProps) {
  const formatTime = useTime();
  const [when, setWhen] = useState<'moment' | 'range'>();
  const [state, setState] = useState<'open' | 'sending' | 'sent'>('open');
  const [problem, setProblem] = useState<string>();
  const chosen = when ?? (moment === undefined ? 'range' : 'moment');
  const at = moment === undefined ? undefined : Math.round(moment / minuteMs) * minuteMs;
  const topics = topicsOf(sensors);

  const send = async (form: HTMLFormElement) => {
    if (state === 'sending') return;
    const written = new FormData(form);
    const iso = (time: number) => new Date(Math.round(time)).toISOString();
    setState('sending');
    setProblem(undefined);
    try {
      await postAnswer('/api/v1/annotations', {
        site,
        ...topics[Number(written.get('about'))]?.of,
        ...(chosen === 'moment' && at !== undefined
          ? { from: iso(at) }
          : { from: iso(shown.from), to: iso(shown.to) }),
        text: written.get('text'),
      });
      setState('sent');
      form.reset();
      onWritten();
    } catch (error) {
      setState('open');
      setProblem((error as Error).message);
    }
  };
  return (
    <form
      class="annotation-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      {/* Not disabled while it is sent: the keyboard would lose its place. */}
      <fieldset aria-busy={state === 'sending'}>
        <legend>Write one</legend>
        <label>
          About{' '}
          <select name="about">
            {topics.map(({ title }, i) => (
              <option key={title} value={i}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="radio"
            name="when"
            checked={chosen === 'moment'}
            disabled={at === undefined}
            onChange={() => setWhen('moment')}
          />{' '}
          {at === undefined
            ? 'At a moment: click a chart, or move its cursor with the arrow keys'
            : `At the cursor: ${formatTime(at)}`}
        </label>
        <label>
          <input type="radio" name="when" checked={chosen === 'range'} onChange={() => setWhen('range')} />{' '}
          For the shown range
        </label>
        <label class="note">
          Text
          <textarea name="text" rows={2} maxLength={longestText} required />
        </label>
        <button type="submit">Write</button>
      </fieldset>
      <p role="status">{state === 'sent' ? 'Written.' : ''}</p>
      {problem === undefined ? null : (
        <p class="notice" role="alert">
          It was not written: {problem} Try again.
        </p>
      )}
    </form>
  );
}

interface Topic {
  readonly title: string;
  readonly of: { readonly sensor?: string; readonly property?: string };
}

/** Each sensor that is shown and each of its properties, then the site. */
function topicsOf(sensors: readonly SensorAnswer[]): Topic[] {
  const ofSensors = sensors.flatMap(({ sensor, title, properties }) => [
    { title, of: { sensor } },
    ...properties
      .filter(({ isSent }) => isSent)
      .map(({ name, title: property = name }) => ({
        title: `${title}, ${property}`,
        of: { sensor, property: name },
      })),
  ]);
  return [...ofSensors, { title: 'the whole site', of: {} }];
}
