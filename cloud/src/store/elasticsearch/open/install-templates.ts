// Puts the index templates into the cluster, and refuses one that a newer Wellhead has left there.
import type { Client } from '@elastic/elasticsearch';
import { WellheadError } from '@wellhead/protocol';
import type { IndexNames } from './index-names.ts';
import { templatesOf, templateVersion } from './mapping.ts';
import { statusOf } from './retry-policy.ts';

/**
 * Puts the index templates in place where they are missing or older than this program's. Doing it again, or from two
 * processes at once, changes nothing.
 */
export async function installTemplates(client: Client, names: IndexNames): Promise<void> {
  for (const [name, template] of templatesOf(names)) {
    const held = await versionOfTemplate(client, name);
    if (held !== undefined && held > templateVersion)
      throw new WellheadError(
        'STORE_OPEN',
        `the index template ${name} is of version ${held}, this program knows ${templateVersion}`,
        { hint: 'Use the newer Wellhead that wrote it; UPGRADING.md says which versions read what.' },
      );
    if (held === templateVersion) continue;
    await client.indices.putIndexTemplate({ name, ...template });
  }
}

async function versionOfTemplate(client: Client, name: string): Promise<number | undefined> {
  try {
    const { index_templates } = await client.indices.getIndexTemplate({ name });
    return index_templates[0]?.index_template.version;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
