// What stands over every view: the way to the others, whether all is live, zone of times, light or dark.
import { useEffect, useState } from 'preact/hooks';
import type { LiveState } from '../client/open-live.ts';
import { zoneOf } from '../format/time.ts';
import type { PageAddress } from '../page/page-address.ts';
import { applyTheme, readThemeChoice, type ThemeChoice } from '../page/theme-choice.ts';
import { Connection } from './connection.tsx';
import type { PageLinks } from './link.tsx';
import { LogoutButton } from './login.tsx';

const views = [
  ['fleet', 'Fleet'],
  ['events', 'Events'],
  ['quality', 'Quality'],
  ['operations', 'Operations'],
] as const;

interface PageHeaderProps {
  readonly address: PageAddress;
  /** Of the site that is shown, where it names one. */
  readonly siteZone: string | null | undefined;
  /** Left out: nothing is shown that could be kept up. */
  readonly live: LiveState | undefined;
  /** Who is logged in, where the cloud asks for that. */
  readonly user: string | undefined;
  readonly links: PageLinks;
}

export function PageHeader({ address, siteZone, live, user, links }: PageHeaderProps) {
  const [theme, setTheme] = useState(readThemeChoice);
  useEffect(() => applyTheme(theme), [theme]);
  return (
    <header class="top">
      <a class="brand" {...links.to({ view: 'fleet' })}>
        <img src="/icon.svg" alt="" width="26" height="26" /> Wellhead
      </a>
      <nav class="views" aria-label="Views">
        {views.map(([view, title]) => (
          <a
            key={view}
            {...links.to({
              view,
              ...(view === 'fleet' || address.site === undefined ? {} : { site: address.site }),
            })}
            aria-current={address.view === view ? 'page' : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      <div class="page-choices">
        <label>
          <span class="visually-hidden">Times in</span>
          <select
            value={address.zone}
            onChange={({ currentTarget }) =>
              links.go({ zone: currentTarget.value === 'local' ? 'local' : 'utc' }, 'replace')
            }
          >
            <option value="utc">UTC</option>
            <option value="local">
              {siteZone ? 'Site time' : 'Local time'} ({zoneOf('local', siteZone)})
            </option>
          </select>
        </label>
        <label>
          <span class="visually-hidden">Colours</span>
          <select
            value={theme}
            onChange={({ currentTarget }) => setTheme(currentTarget.value as ThemeChoice)}
          >
            <option value="system">As system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        {user === undefined ? null : <LogoutButton name={user} />}
        {live === undefined ? null : <Connection state={live} />}
      </div>
    </header>
  );
}
