// Writes something beside the readings: about a sensor or the site, at a moment or for the shown range.
import { minuteMs } from '@wellhead/protocol';
import { useState } from 'preact/hooks';
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { postAnswer } from '../../client/fetch-answer.ts';
import { useTime } from '../../format/use-time.ts';
import type { Span } from '../../page/step-range.ts';
import { SendingForm } from '../sending-form.tsx';

const longestText = 1_000;

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
  const chosen = when ?? (moment === undefined ? 'range' : 'moment');
  const at = moment === undefined ? undefined : Math.round(moment / minuteMs) * minuteMs;
  const topics = topicsOf(sensors);

  const send = async (written: FormData, form: HTMLFormElement) => {
    const span = chosen === 'moment' && at !== undefined ? { from: iso(at) } : shownSpan(shown);
    await postAnswer('/api/v1/annotations', {
      site,
      ...topics[Number(written.get('about'))]?.of,
      ...span,
      text: written.get('text'),
    });
    form.reset();
    onWritten();
  };
  return (
    <SendingForm class="annotation-form" legend="Write one" label="Write" done="Written" send={send}>
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
        <input type="radio" name="when" checked={chosen === 'range'} onChange={() => setWhen('range')} /> For
        the shown range
      </label>
      <label class="note">
        Text
        <textarea name="text" rows={2} maxLength={longestText} required />
      </label>
    </SendingForm>
  );
}

function shownSpan({ from, to }: Span) {
  return { from: iso(from), to: iso(to) };
}

function iso(time: number): string {
  return new Date(Math.round(time)).toISOString();
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
