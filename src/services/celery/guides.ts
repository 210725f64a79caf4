import type { CeleryWorker } from './celery-worker';
import type { Flower } from './flower';
import { Guide, GuideTopic, Trouble } from '../../model/guide';
import { Mode } from '../../model/mode';
import { StackCommand } from '../../model/stack-command';

/** How Flower is opened. */
export function flowerGuides(flower: Flower): Guide[] {
  return [{
    topic: GuideTopic.COMMANDS,
    heading: 'Watch tasks',
    text: `In the browser, once it is started: <${flower.endpoint('http').hostUrl.developmentText}>, with the login of ${flower.credentials().map(({ variableName }) => `\`${variableName}\``).join(' and ')}.`,
    commands: [StackCommand.start('', flower)],
  }];
}

/** What people should know of a worker. */
export function workerGuides(worker: CeleryWorker): Guide[] {
  if (!worker.modes.includes(Mode.DEVELOPMENT) || !worker.backend.reloads) return [];
  const folder = worker.backend.pathOf(worker.backend.packageName);
  return [{ topic: GuideTopic.HOT_RELOAD, text: `\`${worker.serviceName}\` starts anew with the code in \`${folder}\`, when the task that it works on is done.` }];
}

/** What goes wrong with a worker. */
export function workerTroubles(worker: CeleryWorker, module: string): Trouble[] {
  if (!worker.modes.includes(Mode.DEVELOPMENT)) return [];
  return [{
    symptom: 'A task stays pending',
    cause: `\`${worker.serviceName}\` does not run, does not reach the broker, or does not know the task.`,
    checks: [
      StackCommand.exec('The workers that answer', worker, ['celery', '-A', module, 'inspect', 'ping']),
      StackCommand.exec('The tasks that they know', worker, ['celery', '-A', module, 'inspect', 'registered']),
      StackCommand.logs('', worker),
    ],
    fix: 'A task is known when its module is imported by the worker\'s. A worker that has lost its broker finds it again by itself.',
    remedies: [StackCommand.restart('', worker)],
  }];
}
