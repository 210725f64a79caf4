import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';
import { OutputTask } from '../../model/target';
import { ServiceTask, TaskPlace } from '../../model/task';

/** The names that `docker compose` finds by itself. */
const FOUND_BY_ITSELF = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** `docker compose`, with the file where its name does not say it. */
export function composeCommand(fileName: string): string[] {
  return ['docker', 'compose', ...(FOUND_BY_ITSELF.includes(fileName) ? [] : ['--file', fileName])];
}

/** What makes Compose think of the services with a profile too, where there are some: by itself it leaves them running. */
export function allProfiles(stack: StackModel): string[] {
  return stack.services.some((service) => (service.settings(Mode.DEVELOPMENT).profiles ?? []).length > 0) ? ['--profile', '*'] : [];
}

/**
 * The daily commands of the development stack; what a person adds to a task goes to Compose.
 */
export function composeTasks(stack: StackModel, fileName: string): OutputTask[] {
  const compose = composeCommand(fileName);
  const group = stack.taskPrefix;
  // As with the tasks of the settings: a stack that is not the project's only one puts its id in front.
  const prefix = group === 'stack' ? '' : `${group}:`;
  const services = stack.services.filter((service) => service.modes.includes(Mode.DEVELOPMENT));
  return [
    { taskName: `${group}:up`, description: 'Start the stack and wait until it is healthy', command: [...compose, 'up', '--detach', '--wait'] },
    { taskName: `${group}:down`, description: 'Stop the stack and remove its containers; data stays', command: [...compose, ...allProfiles(stack), 'down'] },
    { taskName: `${group}:logs`, description: 'Follow the logs of the stack, or of the services named', command: [...compose, 'logs', '--follow', '--tail', '100'] },
    { taskName: `${group}:ps`, description: 'List the containers of the stack', command: [...compose, 'ps', '--all'] },
    {
      taskName: `${group}:reset`,
      description: 'Delete the containers and all data of the stack; asks first (--yes does not)',
      command: ['bash', 'scripts/reset.sh'],
    },
    ...services.flatMap((service) => service.tasks().map((task) => ({
      taskName: `${prefix}${task.taskName}`,
      description: task.description,
      command: [...compose, ...inService(service, task)],
    }))),
  ];
}

/** What Compose is told to do for a shortcut of a service. */
function inService({ serviceName }: Service, { place, command, folders, workingDir }: ServiceTask): string[] {
  const start = workingDir === undefined ? [] : ['--workdir', workingDir];
  switch (place ?? TaskPlace.RUNNING) {
    case TaskPlace.FOREGROUND: return ['up', '--build', '--watch', ...command, serviceName];
    case TaskPlace.LOGS: return ['logs', ...command, serviceName];
    case TaskPlace.RUNNING: return ['exec', ...start, serviceName, ...command];
    case TaskPlace.OWN: return [
      'run', '--rm', '--no-deps', ...Object.entries(folders ?? {}).flatMap(([source, target]) => ['--volume', `${source}:${target}`]), ...start, serviceName, ...command,
    ];
  }
}
