import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectionPage } from '../../docs/detection-page.ts';
import { repository } from '../../test/harness/program.ts';
import { examplePictures } from './pictures.ts';
import { type Report, reportText } from './report.ts';
import { scatterPicture } from './scatter-picture.ts';
import type { System } from './system.ts';

/** Writes the figures, the page and its pictures into docs/; tells the names of the files. */
export function writeDocs(report: Report, systems: readonly System[]): string[] {
  // The picture is for comparing with the peer; what each part is worth stands in the tables.
  const compared = report.lines.filter(({ system }) => !system.startsWith('wellhead-'));
  const pictures = { ...examplePictures(systems), 'detection-recall.svg': scatterPicture(compared) };
  const figures = 'docs/detection-figures.json';
  writeFileSync(join(repository, figures), reportText(report));
  // The formatter would lay it out otherwise than JSON.stringify does, and the check would complain.
  spawnSync('npx', ['biome', 'format', '--write', figures], { cwd: repository });
  for (const [name, text] of Object.entries(pictures))
    writeFileSync(join(repository, 'docs/pictures', name), text);
  writeFileSync(join(repository, 'docs/detection.md'), detectionPage());
  return [figures, 'docs/detection.md', ...Object.keys(pictures).map((name) => `docs/pictures/${name}`)];
}
