// Everything that was lost, dropped, refused or failed, with what it means; zero is worth saying too.
import { formatCount } from '../../format/number.ts';
import type { Metrics } from './use-metrics.ts';

const isLoss =
  /(lost|dropped|refused|failed|left_out|failures|expired|dead_letters|skipped)(_[a-z]+)?_total$/;

export function LossTable({ metrics }: { readonly metrics: Metrics | undefined }) {
  if (metrics === undefined) return null;
  const losses = metrics.samples.filter(({ name, value }) => isLoss.test(name) && value > 0);
  const watched = new Set(metrics.samples.filter(({ name }) => isLoss.test(name)).map(({ name }) => name));
  return (
    <section class="card">
      <h2>Lost, refused, failed</h2>
      {losses.length === 0 ? (
        <p class="muted">Nothing since the start: all {watched.size} such counters stand at 0.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">How many</th>
            </tr>
          </thead>
          <tbody>
            {losses.map(({ name, label, value }) => (
              <tr key={`${name} ${label}`}>
                <th scope="row">
                  {metrics.help.get(name) ?? name.replaceAll('_', ' ')}
                  {label === '' ? '' : `: ${label}`}
                </th>
                <td class="number">{formatCount(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
