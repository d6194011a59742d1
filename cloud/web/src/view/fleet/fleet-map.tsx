// Where the sites are and which of them needs somebody. The table beside it says the same in words.
import type { SiteAnswer } from '../../../../src/api/answer/answers.ts';
import type { PageLinks } from '../link.tsx';
import { type FleetRow, needs } from './fleet-row.ts';
import { NeedMark, needWords } from './need-mark.tsx';
import { projectSites } from './project-sites.ts';

const frame = { width: 400, height: 260, margin: 34 };
/** More names would lie over each other. */
const maxNames = 8;
/** Beyond this the map is no list to step through with the keyboard; the table is. */
const maxStops = 20;

export interface FleetMapProps {
  readonly sites: readonly SiteAnswer[];
  readonly rows: readonly FleetRow[];
  readonly links: PageLinks;
}

export function FleetMap({ sites, rows, links }: FleetMapProps) {
  const map = projectSites(sites, frame);
  const elsewhere = sites.filter(({ location }) => location === null);
  const worst = worstOf(rows);
  const toSite = (site: string) => links.to({ view: 'charts', site });
  return (
    <section class="fleet-map" aria-label="Sites">
      {map === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: a drawing is no form field
        <svg viewBox={`0 0 ${frame.width} ${frame.height}`} role="group" aria-label="Map of the sites">
          <g class="map-scale">
            <path d={`M14 ${frame.height - 22}v6h${map.scale.length}v-6`} />
            <text x="18" y={frame.height - 21}>
              {map.scale.kilometres} km
            </text>
            <text x={frame.width - 18} y="20" text-anchor="middle">
              N
            </text>
            <path d={`M${frame.width - 18} 38v-13m-4 5l4 -5l4 5`} />
          </g>
          {map.places.map(({ site, x, y }) => {
            const need = worst.get(site.site) ?? 'none';
            return (
              <a key={site.site} {...toSite(site.site)} tabIndex={map.places.length > maxStops ? -1 : 0}>
                <title>{`${site.title}: ${needWords[need]}`}</title>
                <circle class="map-target" cx={x} cy={y} r="14" />
                <g transform={`translate(${x - 7} ${y - 7})`}>
                  <NeedMark need={need} />
                </g>
                {map.places.length > maxNames ? null : (
                  <text x={x} y={y + 22} text-anchor={anchorAt(x)}>
                    {site.title}
                  </text>
                )}
              </a>
            );
          })}
        </svg>
      )}
      {elsewhere.length === 0 ? null : (
        <p class="muted map-rest">
          Without a location:{' '}
          {elsewhere.slice(0, maxStops).map((site, i) => (
            <span key={site.site}>
              {i === 0 ? '' : ', '}
              <a {...toSite(site.site)}>{site.title}</a>
            </span>
          ))}
          {elsewhere.length > maxStops ? ` and ${elsewhere.length - maxStops} more` : ''}
          {map === undefined ? (
            <>
              . Write a <code>location</code> into the site’s file to see it on a map.
            </>
          ) : (
            '.'
          )}
        </p>
      )}
    </section>
  );
}

/** Names at the sides lean inwards, so that none is cut. */
function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x < frame.width * 0.25) return 'start';
  return x > frame.width * 0.75 ? 'end' : 'middle';
}

function worstOf(rows: readonly FleetRow[]): Map<string, FleetRow['need']> {
  const worst = new Map<string, FleetRow['need']>();
  for (const { sensor, need } of rows) {
    const before = worst.get(sensor.site);
    if (before === undefined || needs.indexOf(need) < needs.indexOf(before)) worst.set(sensor.site, need);
  }
  return worst;
}
