// How the cloud itself fares: what comes in, what waits, what was refused or lost, and its gateways.
import { useAnswer } from '../../client/use-answer.ts';
import { formatCount } from '../../format/number.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import type { ViewProps } from '../view-props.ts';
import { DeadLetters } from './dead-letters.tsx';
import { GatewayTable } from './gateway-table.tsx';
import { LossTable } from './loss-table.tsx';
import { sampleOf } from './read-metrics.ts';
import { useMetrics } from './use-metrics.ts';

interface Health {
  readonly version?: string;
  readonly status?: string;
  readonly roles?: readonly string[];
}

const healthEveryMs = 15_000;

export function OperationsView({ overview, now, links }: ViewProps) {
  const metrics = useMetrics();
  const health = useAnswer<Health>('/health', { everyMs: healthEveryMs }).data;
  const { data } = metrics;
  const rows = [
    ['Readings taken in', rateText(metrics.rate('readings_logged_total')), 'readings/s'],
    ['Readings stored', rateText(metrics.rate('readings_stored_total')), 'readings/s'],
    ['Waiting for the store', countText(data && sampleOf(data.samples, 'log_lag_entries')), 'log entries'],
    [
      'Waiting for the analysis',
      countText(data && sampleOf(data.samples, 'analysis_lag_entries')),
      'log entries',
    ],
    ['Open live streams', countText(data && sampleOf(data.samples, 'live_streams')), 'streams'],
    [
      'Readings stored since the start',
      countText(data && sampleOf(data.samples, 'readings_stored_total')),
      'readings',
    ],
  ] as const;
  return (
    <>
      <header class="view-header">
        <h1>Operations</h1>
        <p class="muted">
          {health === undefined
            ? 'Asking how the cloud fares …'
            : `Version ${health.version ?? 'unknown'}, ${health.status ?? 'unknown'}${health.roles === undefined ? '' : `; this process does ${health.roles.join(', ')}`}.`}
        </p>
      </header>
      <ProblemNotice problem={metrics.problem}>
        The counters cannot be shown: {metrics.problem} The page keeps trying.
      </ProblemNotice>
      <div class="operations">
        <section class="card">
          <h2>Flow</h2>
          <table>
            <tbody>
              {rows
                .filter(([, value]) => data === undefined || value !== undefined)
                .map(([title, value, unit]) => (
                  <tr key={title}>
                    <th scope="row">{title}</th>
                    <td class="number">
                      {value ?? '…'} {unit}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
        <LossTable metrics={data} />
      </div>
      <DeadLetters />
      <section class="card gateways">
        <h2>Gateways</h2>
        <GatewayTable sites={overview.sites} now={now} links={links} />
      </section>
    </>
  );
}

function rateText(rate: number | undefined): string | undefined {
  return rate === undefined ? '…' : rate.toFixed(1);
}

function countText(count: number | undefined): string | undefined {
  return count === undefined ? undefined : formatCount(count);
}
