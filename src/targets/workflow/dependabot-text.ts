import { DefinitionRun } from './definition-run';
import { Mode } from '../../model/mode';
import { PackageEcosystem } from '../../model/package-folder';
import { StackModel } from '../../model/stack-model';

/** An entry: what is looked after, and where. */
interface Update {
  readonly ecosystem: string;
  readonly folder: string;
  /** Why the entry is there. */
  readonly remark?: string;
}

const rooted = (folder: string) => `/${folder.replace(/^\.?\/?/, '')}`;

/** What Dependabot is to look after, each folder once. */
function updatesOf(stack: StackModel, definition?: DefinitionRun): Update[] {
  const packages = stack.elements.flatMap((element) => element.packageFolders());
  const dockerfiles = stack.services.flatMap((service) => service.modes.flatMap((mode: Mode) => service.settings(mode).imageBuild?.context ?? []));
  const within = (folder: string) => rooted([stack.directory, folder.replace(/^\.\//, '')].filter((part) => part && part !== '.').join('/'));
  const all: Update[] = [
    { ecosystem: 'github-actions', folder: '/' },
    ...(definition ? [{ ecosystem: definition.packageEcosystem ?? 'npm', folder: '/', remark: 'What the definition needs: projen, and projen-stack.' }] : []),
    ...packages.map(({ ecosystem, folder }) => ({ ecosystem: ecosystem === PackageEcosystem.NPM ? 'npm' : 'pip', folder: within(folder) })),
    ...dockerfiles.map((folder) => ({ ecosystem: 'docker', folder: within(folder) })),
    { ecosystem: 'docker-compose', folder: within('') },
  ];
  return all.filter((each, index) => all.findIndex((other) => other.ecosystem === each.ecosystem && other.folder === each.folder) === index);
}

/** The text of `.github/dependabot.yml`. */
export function dependabotText(stack: StackModel, definition?: DefinitionRun): string {
  return [
    ...(definition ? [
      '# Says when something newer is there. What it changes in a generated file (a tag in a Dockerfile, an action) is to be changed in the',
      '# definition: the job "drift" says so.',
    ] : ['# Says when something newer is there.']),
    'version: 2',
    'updates:',
    ...updatesOf(stack, definition).flatMap(({ ecosystem, folder, remark }, index) => [
      ...(index > 0 ? [''] : []),
      ...(remark ? [`  # ${remark}`] : []),
      `  - package-ecosystem: ${ecosystem}`,
      `    directory: ${folder}`,
      '    schedule:',
      '      interval: weekly',
      '    groups:',
      '      all:',
      "        patterns: ['*']",
    ]),
    '',
  ].join('\n');
}
