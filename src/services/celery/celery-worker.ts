import { Construct } from 'constructs';
import { CeleryProcess } from './celery-process';
import { workerChecks } from './checks';
import { workerGuides, workerTroubles } from './guides';
import { CeleryWorkerProps, CeleryWorkerSettings } from './props';
import { carry, propsOf } from '../../model/given';
import { Guide, Trouble } from '../../model/guide';
import { HealthCheck } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { SmokeCheck } from '../../model/smoke-check';
import { TaskPlace } from '../../model/task';
import { Value } from '../../model/value';

/**
 * A Celery worker: takes tasks from the broker of a backend and works on them, with the backend's image and settings.
 *
 * @see https://docs.celeryq.dev/en/stable/userguide/workers.html
 */
export class CeleryWorker extends CeleryProcess {
  private readonly celeryModule: string;
  private readonly queues: string[];

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props the backend, how many tasks at once
   */
  constructor(scope: Construct, id: string, props: CeleryWorkerProps) {
    props = propsOf(scope, id, 'CeleryWorkerProps', props);
    const module = props.celeryModule ?? `${props.backend.packageName}.worker`;
    const layer = (mode: Mode): ServiceSettings => ({ command: commandOf(module, props, mode) });
    super(scope, id, props.backend, Service.merge(Service.merge({
      description: 'Celery worker',
      // Passes the signal on and reaps what the pool of processes leaves.
      initProcess: true,
      // For tasks that are being worked on; what is not done then is put in again if it says so (acks_late).
      stopGracePeriod: '60s',
      healthCheck: HealthCheck.shell(`celery -A ${module} inspect ping --destination "celery@$HOSTNAME" --timeout 5`, {
        interval: '60s',
        timeout: '15s',
        retries: 3,
        startInterval: '2s',
        note: 'Asks this very worker through the broker. Each question starts a Python, so it is asked seldom.',
      }),
      development: layer(Mode.DEVELOPMENT),
      production: layer(Mode.PRODUCTION),
    }, settingsOf(props)), {
      description: props.description,
      serviceName: props.serviceName,
      modes: props.modes,
      development: props.development && modeSettingsOf(props.development),
      production: props.production && modeSettingsOf(props.production),
    }));
    carry(props, this);
    this.celeryModule = module;
    this.queues = props.queues ?? ['celery'];
    this.addTask({ taskName: `${this.serviceName}:logs`, description: 'Follow the log of the worker', command: ['--follow', '--tail', '100'], place: TaskPlace.LOGS });
  }

  /**
   * What proves the worker: it takes tasks from its queues, and works on one.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), ...workerChecks(this.celeryModule, this.queues, this.backend.httpApi().sampleResources ?? [])];
  }

  /**
   * What it follows by itself.
   */
  public guides(): Guide[] {
    return [...super.guides(), ...workerGuides(this)];
  }

  /**
   * What goes wrong with a worker.
   */
  public troubles(): Trouble[] {
    return [...super.troubles(), ...workerTroubles(this, this.celeryModule)];
  }
}

/** What the worker is started with; in development by something that starts it anew when its code changes. */
function commandOf(module: string, { backend, queues, ...props }: CeleryWorkerProps, mode: Mode): Value[] {
  const concurrency = String(props[mode]?.concurrency ?? props.concurrency ?? 2);
  const worker = ['celery', '-A', module, 'worker', '--loglevel', 'INFO', '--concurrency', concurrency, ...(queues ? ['--queues', queues.join(',')] : [])];
  if (mode === Mode.PRODUCTION || !backend.reloads) return Value.literals(...worker);
  return Value.literals('watchfiles', '--filter', 'python', '--sigint-timeout', '60', worker.join(' '), backend.packageName);
}

/** The settings of every service among those of this one. */
function settingsOf(given: CeleryWorkerProps): ServiceSettings {
  const { backend, celeryModule, queues, description, serviceName, modes, development, production, ...settings } = given;
  return modeSettingsOf(settings);
}

function modeSettingsOf(given: CeleryWorkerSettings): ServiceSettings {
  const { concurrency, ...settings } = given;
  return settings;
}

refusesOtherProperties(CeleryWorker, 'CeleryWorkerProps');
