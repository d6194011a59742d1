// How far long work is: a bar on a terminal, now and then a line elsewhere.
import cliProgress from 'cli-progress';

/** How far the work is. `part` of `total` in bytes or readings; `total` undefined when there is no end. */
export interface ProgressSample {
  readonly part: number;
  readonly total: number | undefined;
  readonly readings: number;
}

export interface ProgressOptions {
  /** A terminal gets a bar, everything else a plain line every few seconds. */
  readonly stream: NodeJS.WriteStream;
  /** What the readings are so far: `acknowledged`, `written`. */
  readonly done: string;
  readonly sample: () => ProgressSample;
  readonly lineEveryMs?: number;
}

/** Shows how far long work is. */
export interface Progress {
  /** Says something in between without tearing the bar. */
  note(text: string): void;
  stop(): void;
}

/** Starts to show progress; it looks for itself how far the work is, so the work does not have to tell. */
export function showProgress(options: ProgressOptions): Progress {
  const { stream, sample } = options;
  const startedAt = performance.now();
  const facts = () => describeProgress(sample(), (performance.now() - startedAt) / 1000, options.done);

  if (!stream.isTTY) {
    const timer = setInterval(() => stream.write(`${facts()}\n`), options.lineEveryMs ?? 5000);
    return {
      note: (text) => void process.stderr.write(`${text}\n`),
      stop: () => clearInterval(timer),
    };
  }
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {facts}',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
  });
  const draw = () => {
    const { part, total } = sample();
    bar.update(total === undefined ? 0 : part, { facts: facts() });
  };
  bar.start(Math.max(1, sample().total ?? 1), 0, { facts: facts() });
  const timer = setInterval(draw, 200);
  return {
    note: (text) => void stream.write(`\r\u001b[2K${text}\n`),
    stop: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
}

/** `12%, 120,000 readings acknowledged, 31,000/s, 4 s left`. */
export function describeProgress(sample: ProgressSample, seconds: number, done: string): string {
  const { part, total, readings } = sample;
  const rate = seconds > 0 ? readings / seconds : 0;
  const parts = [
    `${count(readings)} readings ${done}`,
    `${count(rate >= 10 ? Math.round(rate) : Number(rate.toFixed(1)))}/s`,
  ];
  if (total !== undefined) {
    parts.unshift(`${total === 0 ? 100 : Math.floor((100 * part) / total)}%`);
    if (readings > 0 && part > 0 && part < total)
      parts.push(`${describeSeconds((seconds * (total - part)) / part)} left`);
  }
  return parts.join(', ');
}

/** A number of things as people read it: `2,816`. */
export function count(value: number): string {
  return value.toLocaleString('en-GB');
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
