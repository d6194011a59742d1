// The sites that this cloud serves: one YAML file each, in one folder.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSite, type Site, WellheadError } from '@wellhead/protocol';

/** Reads the site files of a folder: the sites by name, and what is wrong with the others. */
export function loadSites(folder: string): { sites: Map<string, Site>; problems: string[] } {
  const sites = new Map<string, Site>();
  const problems: string[] = [];
  for (const name of yamlFiles(folder, problems)) {
    try {
      const site = parseSite(readFileSync(join(folder, name), 'utf8'), name);
      if (sites.has(site.site))
        problems.push(`${name}: another file describes site ${site.site} already; remove one`);
      sites.set(site.site, site);
    } catch (error) {
      problems.push(error instanceof WellheadError ? error.message : `${name} cannot be read: ${error}`);
    }
  }
  return { sites, problems };
}

function yamlFiles(folder: string, problems: string[]): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    problems.push(
      isGone
        ? `there is no folder ${folder}; make it, or remove the key`
        : `the folder ${folder} cannot be read: ${(error as Error).message}`,
    );
    return [];
  }
}
