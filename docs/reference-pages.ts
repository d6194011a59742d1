// The generated pages: name and text.
import {
  causes,
  errorCodes,
  flagWords,
  ledgerSchema,
  receiptSchema,
  sensorTypeSchema,
  siteSchema,
  statusSchema,
} from '@wellhead/protocol';
import { describeApi } from '../cloud/src/api/http/openapi.ts';
import { routes } from '../cloud/src/api/routes.ts';
import { cloudConfigSchema } from '../cloud/src/config/schema.ts';
import { cloudCatalogue } from '../cloud/src/health/meters.ts';
import { edgeConfigSchema } from '../edge/src/config/schema.ts';
import { gatewayCatalogue } from '../edge/src/health/meters.ts';
import type { MeterCatalogue, MeterEntry } from '../host/src/index.ts';
import { apiPage } from './api-page.ts';
import { schemaTable } from './schema-table.ts';

const generated = '<!-- Made by `npm run docs` from the schemas in the code; do not edit. -->';

function page(title: string, ...parts: string[]): string {
  return `${generated}\n\n# ${title}\n\n${parts.join('\n\n')}\n`;
}

function meterTables({ prefix, counters, gauges, histograms }: MeterCatalogue): string[] {
  const row = (name: string, label: string, help: string) => `| \`${prefix}${name}\` | ${label} | ${help} |`;
  const table = (entries: Readonly<Record<string, MeterEntry>>) =>
    [
      '| name | label | what |',
      '|---|---|---|',
      ...Object.entries(entries).map(([name, { label, help }]) =>
        row(name, label === undefined ? '' : `\`${label}\``, help),
      ),
    ].join('\n');
  return ['Counters:', table(counters), 'Gauges:', table(gauges), 'Histograms:', table(histograms)];
}

export function referencePages(): Record<string, string> {
  return {
    'edge-config.md': page(
      'The gateway’s configuration file',
      'Read by `wellhead-edge --config FILE`. `--check` says what is wrong with it and starts nothing. Every key needs a restart to take effect.',
      schemaTable(edgeConfigSchema),
    ),
    'cloud-config.md': page(
      'The cloud’s configuration file',
      'Read by `wellhead-cloud --config FILE`; without a file every key has its default. Every key needs a restart to take effect.',
      schemaTable(cloudConfigSchema),
    ),
    'sensor-type.md': page(
      'Sensor types',
      'One YAML file for each kind of sensor, in `protocol/sensor-types` or in a folder named by `sensorTypes` in the configuration.',
      schemaTable(sensorTypeSchema),
    ),
    'site.md': page(
      'Sites',
      'One YAML file for each site, in the folder named by `sites` in the cloud’s configuration.',
      schemaTable(siteSchema),
    ),
    'messages.md': page(
      'Messages between gateway and cloud',
      'Topics are `wellhead/1/<site>/<gateway>/<kind>`. Batches (`data`) are binary; all other messages are JSON.',
      '## receipt (cloud to gateway)',
      schemaTable(receiptSchema),
      '## status (gateway to cloud, retained)',
      schemaTable(statusSchema),
      '## ledger (gateway to cloud)',
      schemaTable(ledgerSchema),
    ),
    'api.md': page(
      'The API',
      'Programs read the same at `/api/v1/openapi.json` (OpenAPI 3.1). Times are ISO 8601, UTC; ranges are half-open: `from` belongs to them, `to` does not. GET routes answer HEAD too, except streams.',
      ...apiPage(describeApi(routes, '')),
    ),
    'errors.md': page(
      'Error codes',
      [
        '| code | what to do |',
        '|---|---|',
        ...Object.entries(errorCodes).map(([code, hint]) => `| \`${code}\` | ${hint} |`),
      ].join('\n'),
    ),
    'flags.md': page(
      'Flags and causes',
      'Every value carries a flag of QARTOD’s scale. The raw value is never changed.',
      [
        '| flag | word |',
        '|---|---|',
        ...Object.entries(flagWords).map(([flag, word]) => `| ${flag} | ${word} |`),
      ].join('\n'),
      'The cause says which test gave the flag. Its number is what batches and stores hold.',
      [
        '| cause | number |',
        '|---|---|',
        ...Object.entries(causes).map(([name, code]) => `| \`${name}\` | ${code} |`),
      ].join('\n'),
    ),
    'metrics.md': page(
      'Metrics',
      'In Prometheus text at `/metrics`. What is lost, dropped, refused or repeated has a counter. The status that a gateway sends, and `/api/v1/gateways`, hold the same names without their prefix.',
      '## Gateway',
      ...meterTables(gatewayCatalogue),
      '## Cloud',
      ...meterTables(cloudCatalogue),
    ),
  };
}
