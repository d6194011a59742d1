// Which events are listed.
import type { SiteAnswer } from '../../../../src/api/answer/answers.ts';
import type { PageAddress } from '../../page/page-address.ts';
import type { PageLinks } from '../link.tsx';

interface EventFilterProps {
  readonly sites: readonly SiteAnswer[];
  readonly address: PageAddress;
  readonly links: PageLinks;
}

const kinds = ['process', 'fault', 'maintenance'] as const;

export function EventFilter({ sites, address, links }: EventFilterProps) {
  const { site, kind, open } = address;
  return (
    <search class="filter">
      <label>
        Kind
        <select
          value={kind ?? ''}
          onChange={({ currentTarget }) =>
            links.go({ kind: kinds.find((name) => name === currentTarget.value), event: undefined })
          }
        >
          <option value="">all kinds</option>
          {kinds.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        State
        <select
          value={open === undefined ? '' : String(open)}
          onChange={({ currentTarget: { value } }) =>
            links.go({ open: value === '' ? undefined : value === 'true', event: undefined })
          }
        >
          <option value="">open and over</option>
          <option value="true">open</option>
          <option value="false">over</option>
        </select>
      </label>
      <label>
        Site
        <select
          value={site ?? ''}
          onChange={({ currentTarget }) =>
            links.go({ site: currentTarget.value || undefined, sensor: undefined, event: undefined })
          }
        >
          <option value="">all sites</option>
          {sites.map(({ site: name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
