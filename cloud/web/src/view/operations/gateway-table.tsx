// Every gateway: its state, version, clock, what it holds, and how full it is.
import type { GatewayAnswer, GatewaysAnswer, SiteAnswer } from '../../../../src/api/answer/answers.ts';
import { useAnswer } from '../../client/use-answer.ts';
import { formatCount } from '../../format/number.ts';
import { formatAge } from '../../format/time.ts';
import type { PageLinks } from '../link.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import { clockText, isClockWrong, roomText } from './gateway-words.ts';

/** Those away and those with the most to send come first; a list of thousands is for the API. */
const maxShown = 200;
const everyMs = 15_000;

interface GatewayTableProps {
  readonly sites: readonly SiteAnswer[];
  readonly now: number;
  readonly links: PageLinks;
}

export function GatewayTable({ sites, now, links }: GatewayTableProps) {
  const { data, problem } = useAnswer<GatewaysAnswer>('/api/v1/gateways', { everyMs });
  if (problem !== undefined)
    return (
      <ProblemNotice problem={problem}>
        The gateways cannot be shown: {problem} The page keeps trying.
      </ProblemNotice>
    );
  if (data === undefined) return <p class="muted">Loading …</p>;
  if (data.gateways.length === 0)
    return <p class="muted">No gateway has been heard yet. It appears with its first word.</p>;
  const titles = new Map(sites.map(({ site, title }) => [site, title]));
  const sorted = [...data.gateways].sort((a, b) => urgency(b) - urgency(a));
  return (
    <>
      <table class="fleet">
        <thead>
          <tr>
            <th scope="col">Gateway</th>
            <th scope="col">Site</th>
            <th scope="col">State</th>
            <th scope="col">Heard</th>
            <th scope="col">Version</th>
            <th scope="col">Clock</th>
            <th scope="col">Waiting</th>
            <th scope="col">Journal</th>
            <th scope="col">Counters</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, maxShown).map((gateway) => (
            <Row
              key={`${gateway.site}/${gateway.gateway}`}
              title={titles.get(gateway.site) ?? gateway.site}
              gateway={gateway}
              now={now}
              links={links}
            />
          ))}
        </tbody>
      </table>
      {data.truncated || sorted.length > maxShown ? (
        <p class="muted">Shown are {maxShown}; /api/v1/gateways has them all.</p>
      ) : null}
    </>
  );
}

interface RowProps extends Omit<GatewayTableProps, 'sites'> {
  readonly gateway: GatewayAnswer;
  /** Of its site. */
  readonly title: string;
}

function Row({ gateway, title, now, links }: RowProps) {
  const { undelivered } = gateway;
  const counters = Object.entries(gateway.counters).filter(([, count]) => count > 0);
  return (
    <tr>
      <th scope="row">{gateway.gateway}</th>
      <td>
        <a {...links.to({ view: 'charts', site: gateway.site })}>{title}</a>
      </td>
      <td>{gateway.state}</td>
      <td class="nowrap">heard {formatAge((now - Date.parse(gateway.heardAt)) / 1000)} ago</td>
      <td class="nowrap">
        {gateway.version === null ? 'version not known' : `version ${gateway.version}`}
        {gateway.startedAt === null ? '' : `, up ${formatAge((now - Date.parse(gateway.startedAt)) / 1000)}`}
      </td>
      <td class={isClockWrong(gateway) ? 'problem' : ''}>{clockText(gateway)}</td>
      <td class="nowrap">
        {undelivered === null
          ? 'not known'
          : `${formatCount(undelivered)} ${undelivered === 1 ? 'reading' : 'readings'} waiting`}
      </td>
      <td>{roomText(gateway)}</td>
      <td>
        {counters.length === 0 ? (
          'no counters'
        ) : (
          <details>
            <summary>
              {counters.length} {counters.length === 1 ? 'counter' : 'counters'}
            </summary>
            <ul class="counters">
              {counters.map(([name, count]) => (
                <li key={name}>
                  {name} <b>{formatCount(count)}</b>
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
    </tr>
  );
}

function urgency(gateway: GatewayAnswer): number {
  const isAway = gateway.state !== 'online';
  return (isAway ? 2e12 : 0) + (isClockWrong(gateway) ? 1e12 : 0) + (gateway.undelivered ?? 0);
}
