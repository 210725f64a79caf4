import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { FrontendLayout, OWN_SIGNS, SAMPLE_NAME } from './layout';
import { NodePackageManager, ViteFramework } from './options';
import { ViteProps } from './props';
import type { ViteFrontend } from './vite-frontend';
import { stackFolder } from '../../model/group';
import { SamplePart, SampleReplacement, SampleTree } from '../../model/sample';
import { taskCommandOf } from '../../model/task-command';

/** As deep under `src` as under `lib`. */
const ASSETS = join(__dirname, '..', '..', '..', 'assets', 'vite');

const FRAMEWORKS = Object.values(ViteFramework);

/** The resources that the sample knows, as a backend names them. */
const ITEMS = '/api/v1/items';
const TASKS = '/api/v1/tasks';

/** The sample application of a frontend, in the parts that its API asks for. */
export function sampleOf(frontend: ViteFrontend, layout: FrontendLayout, props: ViteProps): SampleTree {
  return new SampleTree(frontend, 'sample', {
    directory: layout.dir,
    sampleName: SAMPLE_NAME,
    parts: sampleParts(layout.packageManager, props).map((part) => ({
      ...part,
      instructions: [
        `Then add what package.json lacks, make the lockfile anew with ${taskCommandOf(frontend)} ${frontend.serviceName}:lock, and run: docker compose up --detach --build --wait`,
      ],
    })),
    replacements: layout.packageManager === NodePackageManager.NPM
      ? [SampleReplacement.line('package.json', `"packageManager": "pnpm@${samplePnpmVersion()}",`, '"packageManager": "npm@11.21.2",')]
      : [],
    unless: [...OWN_SIGNS],
  });
}

/** All parts of the sample, and which of them are wanted: those of one framework, one lockfile, what the API has. */
export function sampleParts(packageManager: NodePackageManager, { framework = ViteFramework.REACT, api }: ViteProps): SamplePart[] {
  const resources = api?.httpApi().sampleResources ?? [];
  const health = api?.httpApi().healthPath === '/health';
  const items = health && resources.includes(ITEMS);
  const schema = ['schema', ...(items ? ['items'] : []), ...(resources.includes(TASKS) ? ['tasks'] : [])].join('-');
  const part = (partName: string, wanted: boolean): SamplePart => ({ partName, source: join(ASSETS, partName), wanted });
  return [
    part('common', true),
    part('api', health),
    part('items', items),
    ...['schema', 'schema-items', 'schema-tasks', 'schema-items-tasks'].map((name) => part(name, health && name === schema)),
    ...FRAMEWORKS.flatMap((each) => [
      part(each, each === framework),
      part(`${each}-api`, each === framework && health),
      part(`${each}-items`, each === framework && items),
      ...Object.values(NodePackageManager).map((manager) => part(`${each}-${manager}`, each === framework && manager === packageManager)),
    ]),
  ];
}

/** The version of pnpm that the sample is pinned to. */
export function samplePnpmVersion(): string {
  const { packageManager } = JSON.parse(readFileSync(join(ASSETS, 'react', 'package.json'), 'utf8')) as { packageManager: string };
  return packageManager.slice('pnpm@'.length);
}

/** What the team's own package.json names as package manager, with its version; undefined when there is none. */
export function namedPackageManager(frontend: ViteFrontend, layout: FrontendLayout): { readonly name: string; readonly version: string } | undefined {
  const file = join(stackFolder(frontend), layout.within('package.json'));
  if (!existsSync(file)) return undefined;
  const [, name, version] = /"packageManager"\s*:\s*"([a-z]+)@([^"+]+)/.exec(readFileSync(file, 'utf8')) ?? [];
  return name && version ? { name, version } : undefined;
}
