import type { FastApiBackend } from './fastapi-backend';
import { Guide, GuideTopic } from '../../model/guide';
import { isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { StackCommand } from '../../model/stack-command';
import { SourceSync } from '../source-sync';

/** What the guides of a backend depend on, beyond what everybody sees of it. */
export interface BackendFacts {
  /** Whether there are models and migrations. */
  readonly migrates: boolean;
  /** How edited files reach the container. */
  readonly sourceSync: SourceSync;
  /** Whether changes are looked for by polling. */
  readonly polling: boolean;
  /** Whether the sample was asked for. */
  readonly sample: boolean;
}

/** What people should know of a backend. */
export function backendGuides(backend: FastApiBackend, facts: BackendFacts): Guide[] {
  return [
    ...(backend.modes.includes(Mode.DEVELOPMENT) ? [
      ...address(backend), daily(backend), ...(facts.migrates ? [migrations(backend)] : []), tests(backend, facts), ...reload(backend, facts),
    ] : []),
    ...production(backend, facts),
  ];
}

function address(backend: FastApiBackend): Guide[] {
  if (!isPublished(backend.api.port, Mode.DEVELOPMENT)) return [];
  const url = backend.api.hostUrl.developmentText;
  return [{ topic: GuideTopic.QUICK_START, text: `The API describes itself at <${url}/docs>, and says at <${url}/health> what works.` }];
}

function daily(backend: FastApiBackend): Guide {
  const { serviceName } = backend;
  return {
    topic: GuideTopic.COMMANDS,
    heading: 'Python',
    text: `A new package is written into \`${backend.pathOf('pyproject.toml')}\` and pinned by the task \`${serviceName}:lock\` (see Tasks); then the image is built anew.`,
    commands: [
      StackCommand.rebuild('After a change of packages', backend),
      StackCommand.start('', backend),
      StackCommand.exec('A shell in the container', backend, ['bash'], { interactive: true }),
    ],
  };
}

function migrations(backend: FastApiBackend): Guide {
  const { migration } = backend;
  return {
    topic: GuideTopic.DATABASE,
    heading: 'Migrations',
    text: migration
      ? `At every start \`${migration.serviceName}\` brings the schema up to date before anything uses it. New migrations are files in \`${backend.pathOf('alembic/versions')}\`, and are committed.`
      : `The schema is brought up to date by hand. Migrations are files in \`${backend.pathOf('alembic/versions')}\`, and are committed.`,
    commands: [
      StackCommand.exec('Write one from what the models say now; read it before it is used', backend, ['alembic', 'revision', '--autogenerate', '-m', 'what changes']),
      StackCommand.exec('Bring the schema up to date', backend, ['alembic', 'upgrade', 'head']),
      StackCommand.exec('Where the schema is', backend, ['alembic', 'current']),
      StackCommand.exec('Take the last one back, with the data in its tables', backend, ['alembic', 'downgrade', '-1'], { destructive: true }),
    ],
  };
}

function tests(backend: FastApiBackend, { migrates, sample }: BackendFacts): Guide {
  return {
    topic: GuideTopic.TESTS,
    text: `Those of \`${backend.serviceName}\`, in its container${migrates && sample ? '; they use a database of their own' : ''}:`,
    commands: [StackCommand.exec('', backend, ['pytest']), StackCommand.exec('Style and likely mistakes', backend, ['ruff', 'check', '.'])],
  };
}

function reload(backend: FastApiBackend, { sourceSync, polling }: BackendFacts): Guide[] {
  if (!backend.reloads) return [];
  const folder = backend.pathOf(backend.packageName);
  const how = sourceSync === SourceSync.WATCH
    ? `\`up --watch\` copies what is saved in \`${folder}\` into \`${backend.serviceName}\`, whose server then starts anew.`
    : `What is saved in \`${folder}\` is there in \`${backend.serviceName}\` at once: the server starts anew, the container does not.`;
  const builds = sourceSync === SourceSync.WATCH ? ' `up --watch` builds by itself when `pyproject.toml` or what it is pinned to changes.' : '';
  const poll = polling ? ' It polls, since the definition says `polling: true`.' : ' It polls with `polling: true` in the definition.';
  return [{
    topic: GuideTopic.HOT_RELOAD,
    text: `${how} Packages and the Dockerfile are in the image: they need \`up --build\`.${builds}${poll}`,
  }];
}

function production(backend: FastApiBackend, { migrates }: BackendFacts): Guide[] {
  if (!backend.modes.includes(Mode.PRODUCTION)) return [];
  const origins = backend.variablesIn(Mode.PRODUCTION).find(({ variableName }) => variableName.endsWith('ALLOWED_ORIGINS'));
  return [{
    topic: GuideTopic.PRODUCTION,
    points: [
      `\`${backend.serviceName}\` runs without debug answers, reload and source mounts; nothing in your code brings them back.`,
      ...(origins ? [`\`${origins.variableName}\` names the web sites that may call the API, and no \`*\` by itself.`] : []),
      ...(migrates ? ['New migrations were tried on a copy of the real data.'] : []),
    ],
  }];
}
