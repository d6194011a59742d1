// The rooms: what each may import. A new line here is a decision about the structure; see ARCHITECTURE.md.

/** What each workspace may import of the others. */
export const workspaces: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  host: ['protocol'],
  edge: ['protocol', 'host'],
  cloud: ['protocol', 'host'],
  sim: ['protocol'],
};

/** Files that list parts or exports, and may know every room of theirs. */
export const roots: readonly string[] = [
  'protocol/src/index.ts',
  'host/src/index.ts',
  'edge/src/main.ts',
  'edge/src/gateway.ts',
  'edge/src/driver/registry.ts',
  'cloud/src/main.ts',
  'cloud/src/cloud.ts',
  'cloud/web/src/main.tsx',
  'cloud/web/src/app.tsx',
  'sim/src/main.ts',
  'sim/src/program.ts',
];

/** No files, no sockets, no clock, no chance: these come in as arguments. Rooms, and single files. */
export const pure: readonly string[] = [
  'protocol/src',
  'edge/src/decode',
  'edge/src/reading',
  'edge/src/uplink/plan.ts',
  'edge/src/uplink/window.ts',
  'sim/src/borehole',
  'cloud/src/event',
  'cloud/src/analysis/mathematics',
  'cloud/src/analysis/detector',
  'cloud/src/analysis/event',
  'cloud/src/analysis/fault',
  'cloud/src/analysis/table',
  'cloud/src/analysis/plot',
  'cloud/src/analysis/worker/life.ts',
  'cloud/src/analysis/worker/quarter.ts',
  'cloud/src/analysis/worker/watched-detector.ts',
  'cloud/src/analysis/round/settings-of.ts',
  'cloud/src/analysis/round/site-spans.ts',
];

/** Room by room, the rooms that it imports. */
export const edges: Readonly<Record<string, string>> = {
  'cloud/src/analysis/detector': 'cloud/src/event',
  'cloud/src/analysis/detector/shesd':
    'cloud/src/analysis/detector cloud/src/analysis/mathematics cloud/src/analysis/mathematics/stl',
  'cloud/src/analysis/detector/wellhead':
    'cloud/src/analysis/detector cloud/src/analysis/detector/wellhead/sighting cloud/src/analysis/detector/wellhead/usual cloud/src/event',
  'cloud/src/analysis/detector/wellhead/sighting':
    'cloud/src/analysis/detector/wellhead/usual cloud/src/analysis/mathematics',
  'cloud/src/analysis/event': 'cloud/src/event',
  'cloud/src/analysis/fault': 'cloud/src/analysis/event cloud/src/analysis/mathematics cloud/src/event',
  'cloud/src/analysis/history':
    'cloud/src/analysis/round cloud/src/analysis/worker cloud/src/event cloud/src/store',
  'cloud/src/analysis/mathematics/stl': 'cloud/src/analysis/mathematics',
  'cloud/src/analysis/plot': 'cloud/src/analysis/detector',
  'cloud/src/analysis/round':
    'cloud/src/analysis/detector cloud/src/analysis/event cloud/src/analysis/fault cloud/src/analysis/worker cloud/src/event cloud/src/health cloud/src/log cloud/src/store',
  'cloud/src/analysis/worker':
    'cloud/src/analysis/detector cloud/src/analysis/detector/wellhead cloud/src/analysis/event cloud/src/event cloud/src/store',
  'cloud/src/api':
    'cloud/src/access cloud/src/api/access cloud/src/api/export cloud/src/api/http cloud/src/api/live cloud/src/api/route cloud/src/overview',
  'cloud/src/api/access': 'cloud/src/access cloud/src/api/http',
  'cloud/src/api/answer': 'cloud/src/event cloud/src/store',
  'cloud/src/api/export':
    'cloud/src/api/answer cloud/src/api/http cloud/src/api/request cloud/src/store cloud/src/store/duckdb/read',
  'cloud/src/api/http':
    'cloud/src/access cloud/src/analysis/history cloud/src/api/live cloud/src/bridge cloud/src/dead-letter cloud/src/fleet cloud/src/health cloud/src/overview cloud/src/store',
  'cloud/src/api/live': 'cloud/src/log cloud/src/store',
  'cloud/src/api/request':
    'cloud/src/api/answer cloud/src/api/http cloud/src/bridge cloud/src/event cloud/src/overview cloud/src/store',
  'cloud/src/api/route':
    'cloud/src/access cloud/src/analysis/history cloud/src/api/access cloud/src/api/answer cloud/src/api/export cloud/src/api/http cloud/src/api/live cloud/src/api/request cloud/src/bridge cloud/src/dead-letter cloud/src/event cloud/src/fleet cloud/src/overview cloud/src/store',
  'cloud/src/bridge': 'cloud/src/dead-letter cloud/src/fleet cloud/src/log',
  'cloud/src/broker': 'cloud/src/config cloud/src/health',
  'cloud/src/cloud.ts': 'cloud/src/config cloud/src/role',
  'cloud/src/command':
    'cloud/src/analysis/detector cloud/src/analysis/detector/shesd cloud/src/analysis/detector/wellhead cloud/src/analysis/fault cloud/src/analysis/history cloud/src/analysis/mathematics cloud/src/analysis/plot cloud/src/analysis/table cloud/src/api/request cloud/src/config cloud/src/event cloud/src/role cloud/src/store',
  'cloud/src/config': 'cloud/src/analysis/detector',
  'cloud/src/indexer': 'cloud/src/dead-letter cloud/src/log cloud/src/store',
  'cloud/src/log/kafka': 'cloud/src/log',
  'cloud/src/log/level': 'cloud/src/log',
  'cloud/src/main.ts': 'cloud/src/cloud.ts cloud/src/command cloud/src/config',
  'cloud/src/overview': 'cloud/src/api/answer cloud/src/fleet cloud/src/store',
  'cloud/src/role':
    'cloud/src/access cloud/src/analysis/history cloud/src/analysis/round cloud/src/api cloud/src/api/http cloud/src/api/live cloud/src/bridge cloud/src/broker cloud/src/config cloud/src/dead-letter cloud/src/fleet cloud/src/health cloud/src/indexer cloud/src/log cloud/src/log/kafka cloud/src/log/level cloud/src/store cloud/src/store/duckdb cloud/src/store/elasticsearch',
  'cloud/src/store': 'cloud/src/event cloud/src/log',
  'cloud/src/store/duckdb':
    'cloud/src/store cloud/src/store/duckdb/annotation cloud/src/store/duckdb/event cloud/src/store/duckdb/open cloud/src/store/duckdb/read cloud/src/store/duckdb/write',
  'cloud/src/store/duckdb/annotation': 'cloud/src/event cloud/src/store cloud/src/store/duckdb/open',
  'cloud/src/store/duckdb/event': 'cloud/src/event cloud/src/store cloud/src/store/duckdb/open',
  'cloud/src/store/duckdb/open': 'cloud/src/store',
  'cloud/src/store/duckdb/read': 'cloud/src/store cloud/src/store/duckdb/open',
  'cloud/src/store/duckdb/write': 'cloud/src/store cloud/src/store/duckdb/open',
  'cloud/src/store/elasticsearch':
    'cloud/src/store cloud/src/store/elasticsearch/annotation cloud/src/store/elasticsearch/event cloud/src/store/elasticsearch/open cloud/src/store/elasticsearch/read cloud/src/store/elasticsearch/series cloud/src/store/elasticsearch/write',
  'cloud/src/store/elasticsearch/annotation':
    'cloud/src/event cloud/src/store cloud/src/store/elasticsearch/open',
  'cloud/src/store/elasticsearch/event': 'cloud/src/event cloud/src/store cloud/src/store/elasticsearch/open',
  'cloud/src/store/elasticsearch/open': 'cloud/src/store',
  'cloud/src/store/elasticsearch/read': 'cloud/src/store cloud/src/store/elasticsearch/open',
  'cloud/src/store/elasticsearch/series': 'cloud/src/store cloud/src/store/elasticsearch/open',
  'cloud/src/store/elasticsearch/write':
    'cloud/src/store cloud/src/store/elasticsearch/open cloud/src/store/elasticsearch/series',
  'cloud/web/src/app.tsx':
    'cloud/web/src/client cloud/web/src/format cloud/web/src/page cloud/web/src/view cloud/web/src/view/charts cloud/web/src/view/events cloud/web/src/view/fleet cloud/web/src/view/operations cloud/web/src/view/quality',
  'cloud/web/src/chart': 'cloud/src/api/answer cloud/web/src/format cloud/web/src/series cloud/web/src/view',
  'cloud/web/src/client': 'cloud/src/api/answer cloud/web/src/page',
  'cloud/web/src/main.tsx': 'cloud/web/src/app.tsx',
  'cloud/web/src/page': 'cloud/web/src/format',
  'cloud/web/src/series': 'cloud/src/api/answer cloud/web/src/client cloud/web/src/page',
  'cloud/web/src/view':
    'cloud/src/api/answer cloud/web/src/client cloud/web/src/format cloud/web/src/page cloud/web/src/series',
  'cloud/web/src/view/charts':
    'cloud/src/api/answer cloud/web/src/chart cloud/web/src/client cloud/web/src/format cloud/web/src/page cloud/web/src/series cloud/web/src/view cloud/web/src/view/fleet',
  'cloud/web/src/view/events':
    'cloud/src/api/answer cloud/web/src/chart cloud/web/src/client cloud/web/src/format cloud/web/src/page cloud/web/src/series cloud/web/src/view',
  'cloud/web/src/view/fleet':
    'cloud/src/api/answer cloud/web/src/client cloud/web/src/format cloud/web/src/series cloud/web/src/view',
  'cloud/web/src/view/operations':
    'cloud/src/api/answer cloud/web/src/client cloud/web/src/format cloud/web/src/view',
  'cloud/web/src/view/quality':
    'cloud/src/api/answer cloud/web/src/client cloud/web/src/format cloud/web/src/view cloud/web/src/view/charts',
  'edge/src/broker': 'edge/src/config edge/src/driver/mqtt edge/src/health',
  'edge/src/config': 'edge/src/driver edge/src/driver/registry.ts edge/src/driver/serial-bus',
  'edge/src/decode': 'edge/src/reading',
  'edge/src/driver': 'edge/src/driver/poll edge/src/driver/serial-bus edge/src/health edge/src/reading',
  'edge/src/driver/ascii':
    'edge/src/clock edge/src/decode edge/src/driver edge/src/driver/poll edge/src/driver/run edge/src/driver/serial-bus edge/src/reading',
  'edge/src/driver/file':
    'edge/src/clock edge/src/decode edge/src/driver edge/src/driver/run edge/src/driver/table edge/src/reading',
  'edge/src/driver/http':
    'edge/src/decode edge/src/driver edge/src/driver/poll edge/src/driver/table edge/src/reading',
  'edge/src/driver/modbus':
    'edge/src/clock edge/src/decode edge/src/driver edge/src/driver/poll edge/src/driver/serial-bus',
  'edge/src/driver/mqtt': 'edge/src/decode edge/src/driver edge/src/reading',
  'edge/src/driver/poll': 'edge/src/clock edge/src/driver/run edge/src/reading',
  'edge/src/driver/registry.ts':
    'edge/src/driver/ascii edge/src/driver/file edge/src/driver/http edge/src/driver/modbus edge/src/driver/mqtt edge/src/driver/sdi12',
  'edge/src/driver/run': 'edge/src/clock edge/src/reading',
  'edge/src/driver/sdi12':
    'edge/src/clock edge/src/decode edge/src/driver edge/src/driver/poll edge/src/driver/serial-bus edge/src/reading',
  'edge/src/driver/serial-bus': 'edge/src/clock edge/src/decode edge/src/reading',
  'edge/src/driver/table': 'edge/src/decode',
  'edge/src/gateway.ts':
    'edge/src/broker edge/src/config edge/src/driver edge/src/driver/mqtt edge/src/driver/registry.ts edge/src/health edge/src/intake edge/src/journal edge/src/uplink',
  'edge/src/health': 'edge/src/clock',
  'edge/src/intake': 'edge/src/journal edge/src/reading',
  'edge/src/journal': 'edge/src/config edge/src/health edge/src/reading',
  'edge/src/main.ts': 'edge/src/config edge/src/gateway.ts edge/src/probe',
  'edge/src/probe':
    'edge/src/clock edge/src/config edge/src/decode edge/src/driver edge/src/driver/file edge/src/driver/http edge/src/driver/modbus edge/src/driver/poll edge/src/driver/registry.ts edge/src/driver/sdi12 edge/src/driver/serial-bus edge/src/reading',
  'edge/src/uplink': 'edge/src/clock edge/src/config edge/src/health edge/src/journal',
  'host/src/index.ts': 'host/src/config host/src/disk host/src/mqtt host/src/observe host/src/process',
  'host/src/mqtt': 'host/src/process',
  'host/src/observe': 'host/src/process',
  'protocol/src/batch': 'protocol/src protocol/src/message protocol/src/reading',
  'protocol/src/index.ts':
    'protocol/src protocol/src/batch protocol/src/message protocol/src/quality protocol/src/reading protocol/src/sensor-type',
  'protocol/src/quality': 'protocol/src protocol/src/reading protocol/src/sensor-type',
  'protocol/src/sensor-type': 'protocol/src protocol/src/reading',
  'sim/src/borehole': 'sim/src',
  'sim/src/command': 'sim/src sim/src/borehole sim/src/demo sim/src/device sim/src/replay',
  'sim/src/demo': 'sim/src sim/src/borehole sim/src/network sim/src/replay',
  'sim/src/main.ts': 'sim/src/command sim/src/program.ts',
  'sim/src/program.ts': 'sim/src/command',
  'sim/src/replay': 'sim/src',
};
