// What people wrote beside the readings of the range, in words, and the way to write more or to take one back.
import { useRef, useState } from 'preact/hooks';
import type { AnnotationAnswer, SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { annotationName } from '../../chart/chart-annotation.ts';
import { deleteAnswer } from '../../client/fetch-answer.ts';
import type { Held } from '../../client/use-range-answers.ts';
import { useSession } from '../../client/use-session.ts';
import { formatCount } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';
import type { Span } from '../../page/step-range.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { AnnotationForm } from './annotation-form.tsx';

/** More would push the tables away, unless they are asked for. */
const usuallyShown = 5;

export interface AnnotationNotesProps {
  readonly site: string;
  readonly sensors: readonly SensorAnswer[];
  readonly annotations: Held<AnnotationAnswer>;
  readonly shown: Span;
  /** The time that the cursor stands at, or that was chosen by a click. */
  readonly moment: number | undefined;
  readonly onShow: (time: number) => void;
}

export function AnnotationNotes(props: AnnotationNotesProps) {
  const { site, sensors, annotations, shown, moment, onShow } = props;
  const { items, problem, reload } = annotations;
  const { mayJudge: mayWrite } = useSession();
  const [isWhole, setWhole] = useState(false);
  const [said, setSaid] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  const withdraw = async ({ id }: AnnotationAnswer, name: string) => {
    setTrouble(undefined);
    try {
      await deleteAnswer(`/api/v1/annotations/${encodeURIComponent(id)}`);
      setSaid(`${name} is withdrawn.`);
      // Its button goes with it.
      heading.current?.focus();
      reload();
    } catch (error) {
      setTrouble(`${name} was not withdrawn: ${(error as Error).message} Try again.`);
    }
  };
  const listed = isWhole ? items : items.slice(0, usuallyShown);
  return (
    <section class="annotations" aria-labelledby="annotations-title">
      <h2 id="annotations-title" tabIndex={-1} ref={heading}>
        Annotations
      </h2>
      {problem === undefined ? null : <p class="notice">They cannot be shown: {problem}</p>}
      {items.length === 0 ? <p class="muted">Nobody has written anything about this range.</p> : null}
      <ul>
        {listed.map((annotation, i) => (
          <Note
            key={annotation.id}
            annotation={annotation}
            name={annotationName(i)}
            about={aboutOf(annotation, sensors)}
            onShow={onShow}
            onWithdraw={mayWrite ? () => void withdraw(annotation, annotationName(i)) : undefined}
          />
        ))}
      </ul>
      {items.length > usuallyShown ? (
        <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Only the newest' : `All ${formatCount(items.length)} of this range`}
        </button>
      ) : null}
      <p role="status">{said}</p>
      <ProblemNotice problem={trouble} />
      {mayWrite ? (
        <AnnotationForm site={site} sensors={sensors} shown={shown} moment={moment} onWritten={reload} />
      ) : null}
    </section>
  );
}

interface NoteProps {
  readonly annotation: AnnotationAnswer;
  readonly name: string;
  readonly about: string;
  readonly onShow: (time: number) => void;
  readonly onWithdraw: (() => void) | undefined;
}

function Note({ annotation, name, about, onShow, onWithdraw }: NoteProps) {
  const formatTime = useTime();
  const { from, to, text, author, at } = annotation;
  return (
    <li>
      <b class="annotation-mark">{name}</b>
      <div>
        <p class="annotation-text">{text}</p>
        <p class="muted">
          {about} · {formatTime(Date.parse(from))}
          {to === null ? '' : ` to ${formatTime(Date.parse(to))}`} · written by {author || 'somebody'},{' '}
          {formatTime(Date.parse(at))}
        </p>
      </div>
      <div class="annotation-actions">
        <button
          type="button"
          aria-label={`Show ${name} in the charts`}
          onClick={() => onShow(Date.parse(from))}
        >
          Show
        </button>
        {onWithdraw === undefined ? null : (
          <button type="button" aria-label={`Withdraw ${name}`} onClick={onWithdraw}>
            Withdraw
          </button>
        )}
      </div>
    </li>
  );
}

function aboutOf({ sensor, property }: AnnotationAnswer, sensors: readonly SensorAnswer[]): string {
  if (sensor === null) return 'the whole site';
  const known = sensors.find((one) => one.sensor === sensor);
  const title = known?.title ?? sensor;
  if (property === null) return title;
  return `${title}, ${known?.properties.find(({ name }) => name === property)?.title ?? property}`;
}
