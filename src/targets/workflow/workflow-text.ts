import { ACTIONS, Action, uses } from './actions';
import { DefinitionRun } from './definition-run';
import { BuiltImage, builtImages } from './images';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';
import { OutputTrial } from '../../model/target';
import { ServiceTask, TaskPlace } from '../../model/task';
import { composeCommand } from '../compose/tasks';
import { shellWord } from '../shell-word';

/** What a workflow is made of, beside the stack. */
export interface WorkflowFacts {
  readonly stack: StackModel;
  /** The Compose file of development, relative to the stack's folder. */
  readonly composeFile: string;
  /** How the definition is run; nothing when it is not run here. */
  readonly definition?: DefinitionRun;
  /** The branch whose pushes are built. */
  readonly branch: string;
  /** The script that proves the stack, when there is one. */
  readonly testScript?: string;
  /** How a target's files are tried on a cluster, when they can be. */
  readonly trial?: OutputTrial;
}

const RUNNER = 'ubuntu-24.04';

/** Lines that are indented as deep as their block. */
const indented = (depth: number, lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `${' '.repeat(depth)}${line}`));

/** A text as YAML takes it for one. */
const text = (value: string) => (/: |^[^A-Za-z]| #|:$/.test(value) ? `'${value.replace(/'/g, "''")}'` : value);

/** A version, which YAML would take for a number: 3.10 would be 3.1. */
const quoted = (version: string) => `'${version.replace(/'/g, "''")}'`;

/** A step that uses an action. */
const action = (name: string, which: Action, inputs: { [key: string]: string } = {}): string[] => {
  const entries = Object.entries(inputs);
  return [`- name: ${text(name)}`, `  uses: ${uses(which)}`, ...(entries.length > 0 ? ['  with:', ...entries.map(([key, value]) => `    ${key}: ${value}`)] : [])];
};

/** A step that runs commands. */
const run = (name: string, commands: readonly string[], more: readonly string[] = []): string[] => [
  `- name: ${text(name)}`, ...indented(2, more),
  ...(commands.length === 1 && !/: | #/.test(commands[0]) ? [`  run: ${commands[0]}`] : ['  run: |', ...indented(4, commands)]),
];

/** Without the token of the job, which no later step needs. */
const checkout = () => action('Check the repository out', ACTIONS.checkout, { 'persist-credentials': 'false' });

interface Job {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly permissions: { [scope: string]: string };
  readonly needs?: readonly string[];
  readonly condition?: string;
  readonly steps: readonly string[][];
}

function jobText({ id, title, minutes, permissions, needs, condition, steps }: Job): string[] {
  return [
    `${id}:`,
    `  name: ${title}`,
    ...(condition ? [`  if: ${condition}`] : []),
    ...(needs ? [`  needs: [${needs.join(', ')}]`] : []),
    `  runs-on: ${RUNNER}`,
    `  timeout-minutes: ${minutes}`,
    '  permissions:',
    ...Object.entries(permissions).map(([scope, level]) => `    ${scope}: ${level}`),
    '  steps:',
    ...steps.flatMap((step, index) => [...(index > 0 ? [''] : []), ...indented(4, step)]),
  ];
}

/** The cache of one image; images of their own scopes do not push each other out. */
const cacheOf = ({ service }: BuiltImage, suffix = '') => ({
  'cache-from': `type=gha,scope=${service.serviceName}${suffix}`, 'cache-to': `type=gha,mode=max,scope=${service.serviceName}${suffix}`,
});

const source = ({ context, file, target }: BuiltImage) => ({ context, file, ...(target ? { target } : {}) });

/** The tasks of a service that are checks of its code and run in its container. */
function checksOf(service: Service): ServiceTask[] {
  return service.tasks().filter(({ check, place }) => check && (place ?? TaskPlace.RUNNING) === TaskPlace.RUNNING);
}

/** A word of a command, quoted where a shell would read more than a word. */
const quote = (word: string) => (/^[\w./:=@-]+$/.test(word) ? word : shellWord(word));

function driftJob({ installCommands, synthesizeCommand = 'npx projen', nodeVersion = '24', pythonVersion }: DefinitionRun): Job {
  return {
    id: 'drift',
    title: 'Generated files are what the definition gives',
    minutes: 10,
    permissions: { contents: 'read' },
    steps: [
      checkout(),
      action('Set Node.js up', ACTIONS.setupNode, { 'node-version': quoted(nodeVersion), 'package-manager-cache': 'false' }),
      ...(pythonVersion ? [action('Set Python up', ACTIONS.setupPython, { 'python-version': quoted(pythonVersion) })] : []),
      run('Install what the definition needs', installCommands),
      run('Synthesize', [synthesizeCommand]),
      run('See that nothing changed', ['git add --intent-to-add .', 'git diff --exit-code']),
    ],
  };
}

/** The steps that build images and keep them on the runner, when there are some. */
function loaded(images: readonly BuiltImage[], suffix: string, inputsOf: (image: BuiltImage) => { [key: string]: string }): string[][] {
  if (images.length === 0) return [];
  return [
    action('Set Buildx up', ACTIONS.setupBuildx),
    ...images.map((image) => action(`Build the image of ${image.service.serviceName}${suffix}`, ACTIONS.buildPush, {
      ...source(image), load: 'true', ...inputsOf(image),
    })),
  ];
}

/** A step of the stack's own folder. */
const inFolderOf = ({ directory }: StackModel) => (directory ? [`working-directory: ${directory}`] : []);

function stackJob({ stack, composeFile, testScript }: WorkflowFacts): Job {
  const compose = composeCommand(composeFile).join(' ');
  const services = stack.services.filter((service) => (
    service.modes.includes(Mode.DEVELOPMENT) && (service.settings(Mode.DEVELOPMENT).profiles ?? []).length === 0
  ));
  const images = builtImages(stack, Mode.DEVELOPMENT, stack.directory);
  const checks = services.flatMap((service) => checksOf(service).map((task) => ({ service, task })));
  const inFolder = inFolderOf(stack);
  return {
    id: 'stack',
    title: 'The stack is built, starts and works',
    minutes: 30,
    permissions: { contents: 'read' },
    steps: [
      checkout(),
      ...loaded(images, '', (image) => ({ tags: `${stack.stackName}-${image.service.serviceName}`, ...cacheOf(image) })),
      run('Start the stack, and wait until it is healthy', [`${compose} up --detach --wait`], inFolder),
      ...checks.map(({ service, task }) => run(
        `${service.serviceName}: ${task.description}`, [`${compose} exec -T ${service.serviceName} ${task.command.map(quote).join(' ')}`], inFolder,
      )),
      ...(testScript ? [run('Prove a copy of the stack', [`./${testScript}`], inFolder)] : []),
      run('Show what was printed', [`${compose} ps --all`, `${compose} logs --tail 200`], ['if: failure()', ...inFolder]),
    ],
  };
}

/** The tag of images that are built to be tried. */
const TRIAL_TAG = 'ci';

/** Tries the manifests on a cluster of the runner, which has kind and kubectl. */
function clusterJob({ stack }: WorkflowFacts, { script, environment, images, givenSecrets }: OutputTrial): Job {
  const built = builtImages(stack, Mode.PRODUCTION, stack.directory).filter(({ service }) => images[service.serviceName] !== undefined);
  const tagged = ({ service }: BuiltImage) => `${images[service.serviceName]}:${TRIAL_TAG}`;
  const inFolder = inFolderOf(stack);
  const deploy = `./${script} ${quote(environment)}`;
  return {
    id: 'kubernetes',
    title: 'The manifests run on a cluster',
    minutes: 30,
    permissions: { contents: 'read' },
    steps: [
      checkout(),
      ...loaded(built, ' for production', (image) => ({ tags: tagged(image), ...cacheOf(image, '-production') })),
      run('Make a cluster', ['kind create cluster --wait 120s']),
      ...(built.length > 0 ? [run('Copy the images to its node', [`kind load docker-image ${built.map(tagged).map(quote).join(' ')}`])] : []),
      run('Make secrets', [
        './scripts/env.sh init', ...givenSecrets.map((name) => `echo '${name}=issued-by-nobody' >> .env`),
      ], inFolder),
      run('Deploy, and watch until it works', [`${deploy} --tag ${TRIAL_TAG} --secrets-from .env --timeout 600`], inFolder),
      run('Show what happened', [`${deploy} --status`, 'kubectl get events --all-namespaces --sort-by .lastTimestamp | tail -n 100'], ['if: failure()', ...inFolder]),
    ],
  };
}

function publishJob({ stack }: WorkflowFacts, images: readonly BuiltImage[], needs: readonly string[]): Job {
  return {
    id: 'publish',
    title: 'Images of a release',
    minutes: 30,
    condition: "startsWith(github.ref, 'refs/tags/v')",
    needs,
    permissions: { contents: 'read', packages: 'write' },
    steps: [
      checkout(),
      // A registry takes lower-case names only, and the name of a repository may have others.
      run('Name the images', ['echo "prefix=ghcr.io/${GITHUB_REPOSITORY,,}" >> "$GITHUB_OUTPUT"'], ['id: names']),
      action('Set Buildx up', ACTIONS.setupBuildx),
      action('Log in to the registry', ACTIONS.login, { registry: 'ghcr.io', username: '${{ github.actor }}', password: '${{ secrets.GITHUB_TOKEN }}' }),
      ...images.map((image) => action(`Build and push the image of ${image.service.serviceName}`, ACTIONS.buildPush, {
        ...source(image),
        push: 'true',
        tags: `\${{ steps.names.outputs.prefix }}/${stack.stackName}-${image.service.serviceName}:\${{ github.ref_name }}`,
        provenance: 'mode=max',
        sbom: 'true',
      })),
    ],
  };
}

/** The text of `.github/workflows/<stack>.yml`. */
export function workflowText(facts: WorkflowFacts): string {
  const { stack, branch, definition } = facts;
  const images = builtImages(stack, Mode.PRODUCTION, stack.directory);
  const jobs: Job[] = [
    ...(definition ? [driftJob(definition)] : []), stackJob(facts), ...(facts.trial ? [clusterJob(facts, facts.trial)] : []),
  ];
  if (images.length > 0) jobs.push(publishJob(facts, images, jobs.map(({ id }) => id)));
  return [
    '# Builds, starts and proves the stack at every push and pull request; a tag v… publishes its images.',
    `name: ${stack.taskPrefix}`,
    '',
    'on:',
    '  push:',
    `    branches: [${branch}]`,
    ...(images.length > 0 ? ["    tags: ['v*']"] : []),
    '  pull_request:',
    '',
    '# What a job may do, it says itself.',
    'permissions: {}',
    '',
    'concurrency:',
    '  group: ${{ github.workflow }}-${{ github.ref }}',
    "  cancel-in-progress: ${{ github.ref_type != 'tag' }}",
    '',
    'jobs:',
    ...jobs.flatMap((job, index) => [...(index > 0 ? [''] : []), ...indented(2, jobText(job))]),
    '',
  ].join('\n');
}
