// How far `analyse` is, for whoever waits at a terminal.
import cliProgress from 'cli-progress';

/** A bar on a terminal, nothing elsewhere: a file of progress helps nobody. */
export function showProgress(stream: NodeJS.WriteStream): {
  readonly update: (done: number, total: number) => void;
  /** Takes the bar away while something else is written. */
  readonly clear: () => void;
  readonly stop: () => void;
} {
  if (!stream.isTTY) return { update: nothing, clear: nothing, stop: nothing };
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {percentage}%, {value} of {total} sensor quarters, {eta_formatted} left',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
  });
  let isStarted = false;
  return {
    update(done, total) {
      if (isStarted) bar.update(done);
      else bar.start(total, done);
      isStarted = true;
    },
    clear: () => void stream.write('\r\u001b[2K'),
    stop: () => bar.stop(),
  };
}

function nothing(): void {
  // There is no bar.
}
