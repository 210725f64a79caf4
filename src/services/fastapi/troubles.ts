import type { FastApiBackend } from './fastapi-backend';
import type { BackendFacts } from './guides';
import { Trouble } from '../../model/guide';
import { isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { StackCommand } from '../../model/stack-command';

/** What goes wrong with a backend. */
export function backendTroubles(backend: FastApiBackend, facts: BackendFacts): Trouble[] {
  if (!backend.modes.includes(Mode.DEVELOPMENT)) return [];
  return [
    ...unhealthy(backend), ...unreachableDatabase(backend), ...schema(backend, facts), ...noReload(backend, facts), otherUser(backend),
    ...refusedOrigin(backend),
  ];
}

function unhealthy(backend: FastApiBackend): Trouble[] {
  if (!isPublished(backend.api.port, Mode.DEVELOPMENT)) return [];
  return [{
    symptom: `\`${backend.serviceName}\` is unhealthy`,
    cause: 'Its health check asks everything that it is connected to, and one of these does not answer.',
    checks: [
      StackCommand.host('Names what does not work', `curl -sS --fail-with-body ${backend.api.hostUrl.developmentText}/health`),
      StackCommand.logs('', backend),
    ],
    fix: 'Mend what is named. The backend is healthy again by itself, without a restart.',
  }];
}

function unreachableDatabase(backend: FastApiBackend): Trouble[] {
  const provider = backend.database?.connection().provider;
  if (!provider) return [];
  const { serviceName } = backend;
  const told = Object.entries(backend.settings(Mode.DEVELOPMENT).environment ?? {}).find(([key]) => /(?:DB_HOST|DATABASE_URL)$/.test(key))?.[0] ?? 'DB_HOST';
  return [{
    symptom: `\`${serviceName}\` cannot connect to the database`,
    cause: `Its host must be \`${provider.serviceName}\`, the name of the service: in a container \`localhost\` is the container itself. Or the database is not healthy yet.`,
    checks: [
      StackCommand.exec('What it was told', backend, ['sh', '-c', `env | grep ${told}`]),
      StackCommand.status('', provider),
      StackCommand.logs('', provider),
      StackCommand.exec('Connects as the application does', backend, ['alembic', 'current']),
    ],
    fix: `Remove \`${told}\` from \`.env\` if it is there with another host, and start again.`,
    remedies: [StackCommand.start('')],
  }];
}

function schema(backend: FastApiBackend, { migrates }: BackendFacts): Trouble[] {
  if (!migrates) return [];
  const { migration } = backend;
  return [{
    symptom: migration ? `\`${migration.serviceName}\` fails, or a relation does not exist` : 'A relation does not exist',
    cause: 'The schema is not what the code expects: a migration failed or is missing, or the data was deleted.',
    checks: [
      ...(migration ? [StackCommand.logs('', migration)] : []),
      StackCommand.exec('Where the schema is, and which migrations there are', backend, ['alembic', 'current']),
      StackCommand.exec('', backend, ['alembic', 'history']),
    ],
    fix: 'Correct or write the migration, then bring the schema up to date. An empty database is complete afterwards; lost rows come back from a backup only.',
    remedies: [StackCommand.exec('', backend, ['alembic', 'upgrade', 'head'])],
  }];
}

function noReload(backend: FastApiBackend, { polling }: BackendFacts): Trouble[] {
  if (!backend.reloads) return [];
  return [{
    symptom: `A change does not reach \`${backend.serviceName}\``,
    cause: 'The file is not in a mounted folder, the server does not run with `--reload`, or the host drops the events of its file system (Windows drives, network drives).',
    checks: [
      StackCommand.exec('The sources as the container sees them', backend, ['ls', '-l', backend.packageName]),
      StackCommand.logs('Says "Reloading" after a change', backend),
    ],
    fix: `${polling ? 'It polls already, so look at the mount.' : 'Where events are dropped, write `polling: true` in the definition (`WATCHFILES_FORCE_POLLING`).'} A syntax error stops the server until the next change.`,
    remedies: [StackCommand.restart('', backend)],
  }];
}

function otherUser(backend: FastApiBackend): Trouble {
  return {
    symptom: 'Permission denied on Linux, or files that are not yours',
    cause: `\`${backend.serviceName}\` writes into your folders as the user \`APP_UID\`, 1000 unless you say otherwise.`,
    checks: [StackCommand.exec('The container\'s user', backend, ['id']), StackCommand.host('You', 'id')],
    fix: '`./scripts/env.sh init` writes your numbers into `.env`; the image is built anew with them.',
    remedies: [
      StackCommand.host('', './scripts/env.sh init', { situational: true }),
      StackCommand.rebuild('', backend),
      StackCommand.start('', backend),
    ],
  };
}

function refusedOrigin(backend: FastApiBackend): Trouble[] {
  const origins = backend.variablesIn(Mode.DEVELOPMENT).find(({ variableName }) => variableName.endsWith('ALLOWED_ORIGINS'));
  const told = Object.keys(backend.settings(Mode.DEVELOPMENT).environment ?? {}).find((key) => key.endsWith('ALLOWED_ORIGINS'));
  if (!origins || !told) return [];
  return [{
    symptom: 'The browser says that CORS blocked a request',
    cause: `The page is on an origin that \`${origins.variableName}\` does not name: \`${origins.defaultValue?.developmentText ?? ''}\` by default. The port is part of an origin.`,
    checks: [StackCommand.exec('', backend, ['printenv', told])],
    fix: 'Add the origin of the page to `.env`, separated by a comma, and start again.',
    remedies: [StackCommand.start('')],
  }];
}
