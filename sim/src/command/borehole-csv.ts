// A simulated borehole as a CSV file, or on standard output for the next program.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WellheadError } from '@wellhead/protocol';
import { csvHeader, csvLine } from '../borehole/csv.ts';
import { count, showProgress } from '../progress.ts';
import { type BoreholeCommandOptions, generate } from './borehole-steps.ts';
import { type ExitCode, exitCodes } from './run.ts';

export async function writeCsv(options: BoreholeCommandOptions, signal: AbortSignal): Promise<ExitCode> {
  const steps = options.count ?? 720;
  const { layout, truth = false, out } = options;
  const walked = { steps: 0 };
  let written = 0;
  const progress = showProgress({
    stream: process.stderr,
    done: 'written',
    sample: () => ({ part: walked.steps, total: steps, readings: written }),
  });
  const end = layout === 'logger' ? '\r\n' : '\n';
  function* lines(): Generator<string, void, void> {
    if (layout === 'header') yield csvHeader(truth) + end;
    for (const reading of generate(options, options.start ?? Date.UTC(2017, 0, 1), steps, walked)) {
      yield csvLine(reading, layout, truth) + end;
      written++;
    }
  }
  const source = Readable.from(lines(), { objectMode: true, highWaterMark: 512 });
  try {
    await pipeline(source, out === undefined ? process.stdout : createWriteStream(out), {
      signal,
      end: out !== undefined,
    });
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    const code = (error as NodeJS.ErrnoException).code;
    // Whoever reads our output has seen enough (`| head`): that is an end, not an error.
    if (code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') return exitCodes.done;
    if (out === undefined || code === undefined) throw error;
    throw new WellheadError('CONFIG_INVALID', `cannot write ${out}: ${(error as Error).message}`, {
      cause: error,
      hint: 'Check the folder, its rights and the room on the disk.',
    });
  } finally {
    progress.stop();
  }
  process.stderr.write(`${count(written)} readings written${out === undefined ? '' : ` to ${out}`}\n`);
  return exitCodes.done;
}
