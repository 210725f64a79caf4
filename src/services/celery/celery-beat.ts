import { Construct } from 'constructs';
import { CeleryProcess } from './celery-process';
import { CeleryBeatProps } from './props';
import { carry, propsOf } from '../../model/given';
import { HealthCheck } from '../../model/health-check';
import { Mount } from '../../model/mount';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { Value } from '../../model/value';

/** Where beat notes what it sent when: in memory, since a container that starts anew has nothing to catch up with. */
const SCHEDULE = '/tmp/celerybeat-schedule';

/**
 * Celery's clock: puts the tasks of the schedule in when their time has come. There is one of it, whatever the number of workers.
 *
 * @see https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html
 */
export class CeleryBeat extends CeleryProcess {
  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props the backend
   */
  constructor(scope: Construct, id: string, props: CeleryBeatProps) {
    props = propsOf(scope, id, 'CeleryBeatProps', props);
    const { backend, celeryModule, ...given } = props;
    const module = celeryModule ?? `${backend.packageName}.worker`;
    super(scope, id, backend, Service.merge({
      description: 'Celery beat',
      singleton: true,
      command: Value.literals('celery', '-A', module, 'beat', '--loglevel', 'INFO', '--schedule', SCHEDULE, '--pidfile='),
      initProcess: true,
      mounts: [Mount.tmpfs('/tmp')],
      healthCheck: HealthCheck.exec([
        'python', '-c', `import pathlib; from ${module} import celery; assert pathlib.Path('${SCHEDULE}').exists(); celery.connection_for_write().ensure_connection(max_retries=1, timeout=5)`,
      ], {
        interval: '60s',
        timeout: '15s',
        retries: 3,
        startInterval: '2s',
        note: 'It keeps its schedule, and reaches the broker that it puts tasks into.',
      }),
    }, given));
    carry(props, this);
  }
}

refusesOtherProperties(CeleryBeat, 'CeleryBeatProps');
