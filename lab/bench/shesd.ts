// How much faster S-H-ESD is than the same algorithm in R, as it is usually run.

import { detectInSeries } from '../../cloud/src/analysis/detector/shesd/detect-in-series.ts';
import { findOutliersByDefinition } from '../../cloud/src/analysis/mathematics/generalised-esd-definition.ts';
import { median as medianOf } from '../../cloud/src/analysis/mathematics/median.ts';
import { decompose } from '../../cloud/src/analysis/mathematics/stl/stl.ts';
import { figure, median, type Row } from './row.ts';
import { benchSeries, runR } from './run-r.ts';

const count = 14_398;
const period = 1_440;
const maxAnoms = 0.02;
const runs = 5;

/**
 * The published algorithm step by step, on a table of positions and values that loses a row at each step, as the
 * authors' package keeps them; prints how many anomalies there are, then the seconds of each run.
 */
const inR = `
detect <- function(x) {
  n <- length(x)
  cycle <- stl(ts(x, frequency = ${period}), 'periodic', robust = TRUE)$time.series[, 'seasonal']
  left <- data.frame(at = seq_len(n), value = x - cycle - median(x))
  found <- 0
  for (i in seq_len(trunc(n * ${maxAnoms}))) {
    scale <- mad(left$value)
    if (scale == 0) break
    deviates <- abs(left$value - median(left$value)) / scale
    largest <- max(deviates)
    row <- which(deviates == largest)[1]
    t <- qt(1 - 0.05 / (2 * (n - i + 1)), n - i - 1)
    if (largest > t * (n - i) / sqrt((n - i - 1 + t^2) * (n - i + 1))) found <- i
    left <- left[-which(left$at == left$at[row]), ]
  }
  found
}
cat(detect(x), '\\n')
for (i in 1:${runs}) cat(system.time(detect(x))[['elapsed']], '\\n')`;

export const shesd: Row = {
  ids: ['shesd.speed-up-over-r'],
  title: 'S-H-ESD against R',
  async run() {
    const values = benchSeries(count, period);
    const ours = () => detectInSeries(values, { period, maxAnoms, direction: 'both' });
    const found = ours().length;
    for (let i = 0; i < 8; i++) ours();
    const own = Array.from({ length: runs }, () => secondsOf(ours));
    const [foundByR, ...theirs] = runR(values, inR) ?? [];
    if (foundByR !== undefined && foundByR !== found)
      throw new Error(`R finds ${foundByR} anomalies, we find ${found}`);
    const isR = foundByR !== undefined;
    const other = isR ? median(theirs) : secondsOf(() => byDefinition(values));
    const ms = Math.round(1000 * median(own));
    return [
      figure(
        'shesd.speed-up-over-r',
        own.map((seconds) => other / seconds),
        'times',
        `${count.toLocaleString('en-GB')} points, at most 2 %, ${found} anomalies; ${ms} ms against ${Math.round(1000 * other)} ms ${
          isR ? 'in R in the same run' : 'by the definition in our own code: R is not installed'
        }`,
      ),
    ];
  },
};

function byDefinition(values: Float64Array): void {
  const { seasonal } = decompose(values, { period, seasonalWindow: 'periodic', robust: true });
  const level = medianOf(values);
  const residuals = values.map((value, i) => value - seasonal[i]! - level);
  findOutliersByDefinition(residuals, { most: Math.trunc(count * maxAnoms), alpha: 0.05, direction: 'both' });
}

function secondsOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
