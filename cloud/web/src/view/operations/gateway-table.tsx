// Every gateway, with its state, when it was heard, and what it still holds.
import type { SiteAnswer } from '../../../../src/api/answers.ts';
import { formatCount } from '../../format/number.ts';
import { formatAge } from '../../format/time.ts';
import type { PageLinks } from '../link.tsx';

/** Those away and those with the most to send come first; a list of thousands is for the API. */
const mostShown = 200;

interface GatewayTableProps {
  readonly sites: readonly SiteAnswer[];
  readonly now: number;
  readonly links: PageLinks;
}

export function GatewayTable({ sites, now, links }: GatewayTableProps) {
  const all = sites.flatMap((site) => site.gateways.map((gateway) => ({ ...gateway, site })));
  all.sort((a, b) => urgency(b) - urgency(a));
  if (all.length === 0)
    return <p class="muted">No gateway has been heard yet. It appears with its first word.</p>;
  return (
    <>
      <table class="fleet">
        <thead>
          <tr>
            <th scope="col">Gateway</th>
            <th scope="col">Site</th>
            <th scope="col">State</th>
            <th scope="col">Heard</th>
            <th scope="col">Waiting</th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, mostShown).map(({ site, gateway, state, heardAt, undelivered }) => (
            <tr key={`${site.site}/${gateway}`}>
              <th scope="row">{gateway}</th>
              <td>
                <a {...links.to({ view: 'charts', site: site.site })}>{site.title}</a>
              </td>
              <td>{state}</td>
              <td class="nowrap">heard {formatAge((now - Date.parse(heardAt)) / 1000)} ago</td>
              <td class="nowrap">
                {undelivered === null
                  ? 'buffer not known'
                  : `${formatCount(undelivered)} ${undelivered === 1 ? 'reading' : 'readings'} waiting`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > mostShown ? (
        <p class="muted">
          Shown are {mostShown} of {formatCount(all.length)}; /api/v1/sites has them all.
        </p>
      ) : null}
    </>
  );
}

function urgency({ state, undelivered }: SiteAnswer['gateways'][number]): number {
  return (state === 'online' ? 0 : 1e12) + (undelivered ?? 0);
}
