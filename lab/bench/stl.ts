// How fast a robust seasonal-trend decomposition is: a week of minutes with a daily cycle.
import { decompose } from '../../cloud/src/analysis/mathematics/stl/stl.ts';
import { figure, median, type Row } from './row.ts';
import { benchSeries, runR } from './run-r.ts';

const count = 10_080;
const period = 1_440;
const warmUp = 12;
const runs = 9;

export const stl: Row = {
  ids: ['stl.robust-points-per-second'],
  title: 'seasonal-trend decomposition',
  async run() {
    const values = benchSeries(count, period);
    const once = () => {
      const start = performance.now();
      decompose(values, { period, seasonalWindow: 'periodic', robust: true });
      return count / ((performance.now() - start) / 1000);
    };
    for (let i = 0; i < warmUp; i++) once();
    const seconds = runR(
      values,
      `y <- ts(x, frequency = ${period})
for (i in 1:5) cat(system.time(for (k in 1:10) stl(y, 'periodic', robust = TRUE))[['elapsed']] / 10, '\\n')`,
    );
    const rate = seconds && Math.round(count / median(seconds)).toLocaleString('en-GB');
    return [
      figure(
        'stl.robust-points-per-second',
        Array.from({ length: runs }, once),
        'points/s',
        `bar 300,000; ${count.toLocaleString('en-GB')} points, period ${period.toLocaleString('en-GB')}, one core; ${
          rate === undefined ? 'R is not installed' : `stl of R in the same run ${rate}/s`
        }`,
      ),
    ];
  },
};
