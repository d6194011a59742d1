// The split of the cloud over processes, checked as far as it can be without an engine for containers.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadCloudConfig } from '../../cloud/src/config/load.ts';
import { roleNames } from '../../cloud/src/config/schema.ts';
import { repository } from '../harness/program.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[];
}

const compose = parse(readFileSync(join(repository, 'compose.yaml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};

it('every configuration for a container is good, and together they play every role the broker does not', () => {
  const roles = readdirSync(join(repository, 'deploy'))
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => loadCloudConfig(join(repository, 'deploy', name)).config.roles);
  expect(roles.sort()).toEqual(roleNames.filter((role) => role !== 'broker').sort());
});

it('services mount files that exist, depend on services that exist, and name their volumes', () => {
  for (const [name, service] of Object.entries(compose.services)) {
    expect(service.image ?? service.build, name).toBeDefined();
    for (const other of service.depends_on ?? []) expect(compose.services, name).toHaveProperty(other);
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':');
      if (source!.startsWith('./'))
        expect(existsSync(join(repository, source!)), `${name}: ${source}`).toBe(true);
      else expect(compose.volumes, name).toHaveProperty(source!);
    }
  }
});

it('hosts that the configurations name are services', () => {
  for (const name of readdirSync(join(repository, 'deploy')).filter((file) => file.endsWith('.yaml'))) {
    const text = readFileSync(join(repository, 'deploy', name), 'utf8');
    for (const [, host] of text.matchAll(/(?:\/\/|")([a-z]+):\d+"/g))
      expect(compose.services, name).toHaveProperty(host!);
  }
});

it('the image copies every workspace and starts a program that is built', () => {
  const dockerfile = readFileSync(join(repository, 'Dockerfile'), 'utf8');
  const { workspaces } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    workspaces: string[];
  };
  for (const workspace of workspaces) {
    expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/`);
    expect(dockerfile).toContain(`/wellhead/${workspace} ${workspace}`);
  }
  expect(dockerfile).toContain('cloud/dist/main.js');
});
