// What stands over the charts of a whole site.
import type { SiteAnswer } from '../../../../src/api/answer/answers.ts';
import { formatCount } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';

export function SiteHead({ site, name }: { readonly site: SiteAnswer | undefined; readonly name: string }) {
  const formatTime = useTime();
  const place = site?.location;
  return (
    <header class="sensor-header">
      <div>
        <h1>{site?.title ?? name}</h1>
        <p class="muted">
          {name}
          {place ? ` · ${degrees(place.latitude, 'N', 'S')} ${degrees(place.longitude, 'E', 'W')}` : ''}
          {site === undefined
            ? ''
            : ` · ${formatCount(site.sensors)} ${site.sensors === 1 ? 'sensor' : 'sensors'} · ${formatCount(site.readings)} readings`}
        </p>
        {(site?.gateways ?? []).map(({ gateway, state, undelivered, heardAt }) => (
          <p key={gateway} class="muted">
            gateway {gateway}: {state}
            {undelivered ? `, ${formatCount(undelivered)} readings waiting to be sent` : ''}, heard{' '}
            {formatTime(Date.parse(heardAt))}
          </p>
        ))}
      </div>
    </header>
  );
}

function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(4)}° ${value < 0 ? negative : positive}`;
}
