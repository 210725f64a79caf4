import { LOCK_FILES, WORK_DIR } from './layout';
import { NodePackageManager } from './options';
import type { ViteFrontend } from './vite-frontend';
import { Guide, GuideTopic, Trouble } from '../../model/guide';
import type { HttpApi } from '../../model/http-api';
import { Mode } from '../../model/mode';
import { StackCommand } from '../../model/stack-command';
import { SourceSync } from '../source-sync';

/** What the guides of a frontend depend on, beyond what everybody sees of it. */
export interface FrontendFacts {
  readonly packageManager: NodePackageManager;
  /** The folders that people edit, relative to the frontend's. */
  readonly sources: readonly string[];
  readonly sourceSync: SourceSync;
  /** Files of the frontend's folder that are mounted one by one. */
  readonly mountedFiles: readonly string[];
  /** Whether changes are looked for by polling. */
  readonly polling: boolean;
  /** The API that the pages ask. */
  readonly api?: HttpApi;
}

/** What people should know of a frontend. */
export function frontendGuides(frontend: ViteFrontend, facts: FrontendFacts): Guide[] {
  if (!frontend.modes.includes(Mode.DEVELOPMENT)) return [];
  const { serviceName } = frontend;
  const run = (script: string) => [facts.packageManager, 'run', script];
  return [
    {
      topic: GuideTopic.COMMANDS,
      heading: 'Node.js',
      text: `A new package is written into \`${frontend.pathOf('package.json')}\`, and the task \`${serviceName}:lock\` (see Tasks) makes \`${LOCK_FILES[facts.packageManager]}\` anew; `
        + 'then the image is built anew. Packages are in the image, not on your machine.',
      commands: [
        StackCommand.rebuild('After a change of packages', frontend),
        StackCommand.start('', frontend),
        StackCommand.exec('A shell in the container', frontend, ['sh'], { interactive: true }),
      ],
    },
    {
      topic: GuideTopic.TESTS,
      text: `Those of \`${serviceName}\`, in its container; the build checks the types:`,
      commands: [StackCommand.exec('', frontend, run('test')), StackCommand.exec('', frontend, run('lint')), StackCommand.exec('', frontend, run('build'))],
    },
    reload(frontend, facts),
  ];
}

function reload(frontend: ViteFrontend, { sources, sourceSync, mountedFiles, polling, packageManager }: FrontendFacts): Guide {
  const folders = sources.map((folder) => `\`${frontend.pathOf(folder)}\``).join(', ');
  const copied = ['index.html', 'vite.config.ts'].filter((file) => !mountedFiles.includes(file)).map((file) => `\`${file}\``).join(' and ');
  const how = sourceSync === SourceSync.WATCH
    ? `\`up --watch\` copies what is saved in ${folders} into \`${frontend.serviceName}\`, and the browser shows it.`
    : `What is saved in ${folders} is in the browser at once: Vite replaces the module, without a reload of the page where it can.`;
  return {
    topic: GuideTopic.HOT_RELOAD,
    text: `${how} ${copied ? `${copied} ${copied.includes(' and ') ? 'are' : 'is'} copied by \`up --watch\`, else by a build. ` : ''}`
      + `Packages need \`up --build\`; \`up --watch\` builds by itself when \`package.json\` or \`${LOCK_FILES[packageManager]}\` changes. `
      + (polling ? `It polls; with \`${pollingOf(frontend)}=false\` in \`.env\` it follows events, which is faster.` : `It polls with \`${pollingOf(frontend)}=true\` in \`.env\`.`),
  };
}

function pollingOf(frontend: ViteFrontend): string {
  return frontend.variables().find(({ variableName }) => variableName.endsWith('_POLLING'))!.variableName;
}

/** What goes wrong with a frontend. */
export function frontendTroubles(frontend: ViteFrontend, facts: FrontendFacts): Trouble[] {
  if (!frontend.modes.includes(Mode.DEVELOPMENT)) return [];
  const { serviceName } = frontend;
  return [
    {
      symptom: `A change does not reach the page of \`${serviceName}\``,
      cause: 'The host drops the events of its file system (Windows drives, network drives), or the file is not in a mounted folder.',
      checks: [
        StackCommand.exec('The sources as the container sees them', frontend, ['ls', '-l', ...facts.sources.slice(0, 1).map((folder) => `${WORK_DIR}/${folder}`)]),
        StackCommand.logs('Says "hmr update" after a change', frontend),
      ],
      fix: facts.polling
        ? `It polls already (\`usePolling\` of Vite), unless \`.env\` has \`${pollingOf(frontend)}=false\`; so look at the mount.`
        : `Write \`${pollingOf(frontend)}=true\` to \`.env\` and start again (\`usePolling\` of Vite). It is slower than events, and costs processor time.`,
      remedies: [StackCommand.start('', frontend)],
    },
    ...(facts.api ? unreachableApi(frontend, facts.api) : []),
    {
      symptom: `\`${serviceName}\` cannot find a package that is in package.json`,
      cause: 'The packages of a container are those of its image, which was built before.',
      fix: 'Build it anew.',
      remedies: [StackCommand.rebuild('', frontend), StackCommand.start('', frontend)],
    },
  ];
}

function unreachableApi(frontend: ViteFrontend, api: HttpApi): Trouble[] {
  const url = frontend.apiUrl(Mode.DEVELOPMENT);
  const own = url?.startsWith('/') ?? false;
  const inside = api.url.developmentText;
  const page = frontend.page.hostUrl.developmentText;
  return [{
    symptom: 'The page does not reach the API',
    cause: own
      ? `The browser asks the page's own address, \`${url}\`, which \`${frontend.serviceName}\` passes on to \`${inside}\`. That name means something to containers only: `
        + 'no browser knows it, so a page must never hold it.'
      : `The browser asks \`${url}\` itself. It must be an address that the browser knows, not the name of a service, and the API must allow the page's origin (CORS).`,
    checks: [
      StackCommand.exec('What the page is told', frontend, ['printenv', 'VITE_API_BASE_URL']),
      ...(api.provider ? [StackCommand.status('', api.provider)] : []),
      ...(own && api.healthPath ? [StackCommand.host('Through the page\'s address', `curl -fsS ${page}${api.healthPath}`)] : []),
    ],
    fix: 'Mend the API if it is not healthy. If a page has an address of its own in it, replace that by `VITE_API_BASE_URL`.',
  }];
}
