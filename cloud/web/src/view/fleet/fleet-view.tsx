// All sensors: who needs a person, where they are, how they fare.
import { useMemo } from 'preact/hooks';
import type { EventAnswer } from '../../../../src/api/answer/answers.ts';
import { eventsPath } from '../../client/list-path.ts';
import { loadEvents } from '../../client/load-events.ts';
import { useAnswer } from '../../client/use-answer.ts';
import { formatCount } from '../../format/number.ts';
import { Pager } from '../pager.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import type { ViewProps } from '../view-props.ts';
import { FleetMap } from './fleet-map.tsx';
import { type FleetRow, filterRows, fleetRows, needs } from './fleet-row.ts';
import { FleetTable } from './fleet-table.tsx';
import { needWords } from './need-mark.tsx';

/** Drawn in a blink also where thousands of sensors are sorted behind it. */
const rowsShown = 50;
const eventsEveryMs = 30_000;
/** The words of freshness change with minutes; sorting thousands of rows each second would be for nothing. */
const judgedEveryMs = 5_000;

export function FleetView({ overview, address, now, links }: ViewProps) {
  const events = useAnswer<readonly EventAnswer[]>(eventsPath({ open: true }), {
    load: loadEvents,
    everyMs: eventsEveryMs,
  });
  const judgedAt = Math.ceil(now / judgedEveryMs) * judgedEveryMs;
  const rows = useMemo(
    () => fleetRows({ overview, open: events.data ?? [], now: judgedAt }),
    [overview, events.data, judgedAt],
  );
  const words = address.words ?? '';
  const found = useMemo(() => filterRows(rows, words), [rows, words]);
  const pages = Math.max(1, Math.ceil(found.length / rowsShown));
  const page = Math.min(pages, address.page ?? 1);
  return (
    <>
      <header class="view-header">
        <h1>Fleet</h1>
        <p class="muted">{summary(rows, overview.sites.length)}</p>
      </header>
      <ProblemNotice problem={events.problem}>Open events cannot be shown: {events.problem}</ProblemNotice>
      <div class="fleet-layout">
        <FleetMap sites={overview.sites} rows={rows} links={links} />
        <div class="fleet-list">
          <search class="filter">
            <label for="fleet-words">Filter</label>
            <input
              id="fleet-words"
              type="search"
              value={words}
              placeholder="site, sensor, late, fault …"
              onInput={({ currentTarget }) =>
                links.go({ words: currentTarget.value || undefined, page: undefined }, 'replace')
              }
            />
            <span class="muted" role="status">
              {formatCount(found.length)} of {formatCount(rows.length)} sensors
            </span>
          </search>
          {found.length === 0 ? (
            <p class="notice">No sensor holds all of these words. Take some away.</p>
          ) : (
            <FleetTable rows={found.slice((page - 1) * rowsShown, page * rowsShown)} links={links} />
          )}
          <Pager
            page={page}
            pages={pages}
            linkTo={(next) => links.with({ page: next > 1 ? next : undefined })}
          />
        </div>
      </div>
    </>
  );
}

function summary(rows: readonly FleetRow[], sites: number): string {
  const count = (need: FleetRow['need']) => rows.filter((row) => row.need === need).length;
  const parts = needs
    .filter((need) => need !== 'none')
    .map((need) => [count(need), needWords[need]] as const)
    .filter(([size]) => size > 0)
    .map(([size, word]) => `${formatCount(size)} ${word}`);
  const all = `${formatCount(rows.length)} ${rows.length === 1 ? 'sensor' : 'sensors'} at ${formatCount(sites)} ${sites === 1 ? 'site' : 'sites'}`;
  return `${all}: ${parts.length === 0 ? 'all in order' : parts.join(', ')}.`;
}
