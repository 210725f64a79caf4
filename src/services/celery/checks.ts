import type { Service } from '../../model/service';
import { SmokeCheck } from '../../model/smoke-check';
import { askable } from '../askable-checks';

/** The tasks of the sample application, as its API names them. */
const SAMPLE_TASKS = '/api/v1/tasks';

/**
 * What proves a Celery worker.
 *
 * @param module the module with the Celery application
 * @param queues the queues that it takes tasks from
 * @param resources the resources of the sample application
 */
export function workerChecks(module: string, queues: readonly string[], resources: readonly string[]): SmokeCheck[] {
  const ask = (what: string) => ['sh', '-c', `celery -A ${module} inspect ${what} --json --destination "celery@$HOSTNAME" --timeout 10`];
  const add = `from ${module} import celery; print("words:", celery.send_task("sample.count_words", ("it still works",)${queues[0] === 'celery' ? '' : `, queue=${JSON.stringify(queues[0])}`}).get(timeout=20))`;
  return [
    ...queues.map((queue) => SmokeCheck.exec(`takes tasks from the queue ${queue}`, {
      command: ask('active_queues'), expect: `"name": *"${queue.replace(/[.[\]{}()*+?^$|\\]/g, '\\$&')}"`,
    })),
    ...(resources.includes(SAMPLE_TASKS) ? [SmokeCheck.exec('works on a task and gives the result back', {
      command: ['python', '-c', add], expect: '^words: 3$',
    })] : []),
  ];
}

/** What proves a Flower: it shows nothing without its login, and everything with it. */
export function flowerChecks(flower: Service): SmokeCheck[] {
  const login = [
    'import base64, os, urllib.request as r',
    'words = base64.b64encode(os.environ["FLOWER_BASIC_AUTH"].encode()).decode()',
    'print(r.urlopen(r.Request("http://127.0.0.1:5555/workers", headers={"Authorization": "Basic " + words}), timeout=10).status)',
  ].join('\n');
  return askable(flower, [
    SmokeCheck.http('asks for a login', { port: 'http', path: '/workers', status: 401 }),
    SmokeCheck.exec('takes its login', { command: ['python', '-c', login], expect: '^200$' }),
  ]);
}
