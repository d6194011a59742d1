// The fleet as a table: what most people come for, and what works without eyes, mouse or map.
import { formatCount } from '../../format/number.ts';
import { formatAge } from '../../format/time.ts';
import { useTime } from '../../format/use-time.ts';
import { FreshnessMark } from '../freshness.tsx';
import type { PageLinks } from '../link.tsx';
import type { FleetRow } from './fleet-row.ts';
import { NeedMark, needWords } from './need-mark.tsx';
import { NewestValues } from './newest-cell.tsx';

/** Events named in a row; the list of events has them all. */
const eventsNamed = 2;

export function FleetTable({
  rows,
  links,
}: {
  readonly rows: readonly FleetRow[];
  readonly links: PageLinks;
}) {
  return (
    <table class="fleet">
      <caption class="visually-hidden">Sensors, those that need somebody first</caption>
      <thead>
        <tr>
          <th scope="col">Sensor</th>
          <th scope="col">Needs</th>
          <th scope="col">Freshness</th>
          <th scope="col">Newest values</th>
          <th scope="col">Gateway</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.sensor.site}/${row.sensor.sensor}`} row={row} links={links} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, links }: { row: FleetRow; links: PageLinks }) {
  const { sensor, siteTitle, need, open } = row;
  return (
    <tr>
      <th scope="row">
        <a class="sensor-name" {...links.to({ view: 'charts', site: sensor.site, sensor: sensor.sensor })}>
          {sensor.title}
        </a>
        <a class="muted" {...links.to({ view: 'charts', site: sensor.site })}>
          {siteTitle}
        </a>
      </th>
      <td class={need === 'none' ? 'muted' : ''}>
        <span class="nowrap">
          <NeedMark need={need} /> {needWords[need]}
        </span>
        {open.slice(0, eventsNamed).map((event) => (
          <a
            key={event.id}
            class="row-event"
            {...links.to({ view: 'events', event: event.id, site: event.site })}
          >
            {event.kind}: {event.cause.replaceAll('-', ' ')}
          </a>
        ))}
        {open.length > eventsNamed ? ` and ${open.length - eventsNamed} more` : ''}
      </td>
      <td>
        <FreshnessCell row={row} />
      </td>
      <td>
        <NewestValues sensor={sensor} reading={row.newest} />
      </td>
      <td class="muted">
        <GatewayCell row={row} />
      </td>
    </tr>
  );
}

function FreshnessCell({ row: { freshness } }: { row: FleetRow }) {
  const formatTime = useTime();
  const { word, received, measuredAt } = freshness;
  return (
    <span class={`freshness ${word}`}>
      <FreshnessMark word={word} />
      <span>
        {received === undefined || measuredAt === undefined ? (
          'no reading yet'
        ) : (
          <>
            <b>{word}</b>, received {formatAge(received)} ago
            <span class="row-time">measured {formatTime(measuredAt)}</span>
          </>
        )}
      </span>
    </span>
  );
}

function GatewayCell({ row: { sensor, gateway } }: { row: FleetRow }) {
  if (sensor.gateway === '') return <>none</>;
  if (gateway === undefined) return <>{sensor.gateway}: never heard</>;
  return (
    <>
      {gateway.gateway}: {gateway.state}
      <span class="row-time">
        {gateway.undelivered === null
          ? 'waiting readings not known'
          : `${formatCount(gateway.undelivered)} ${gateway.undelivered === 1 ? 'reading' : 'readings'} waiting`}
      </span>
    </>
  );
}
