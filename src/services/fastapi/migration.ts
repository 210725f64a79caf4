import { BackendProcess } from './backend-process';
import type { FastApiBackend } from './fastapi-backend';
import { WORK_DIR } from './layout';
import { Mode } from '../../model/mode';
import { Mount } from '../../model/mount';
import { Service } from '../../model/service';
import { Value } from '../../model/value';

/**
 * Done is a schema at the newest migration that the image knows, and one beyond it: pods of the version before are started while a
 * newer one has migrated already, and when it is taken back. A revision that nobody knows here is what Alembic cannot locate.
 */
const IS_DONE = 'alembic current --check-heads || alembic current 2>&1 | grep -q "Can.t locate revision"';

/**
 * Brings the schema of a backend's database up to date, once at every start, before the backend and its workers start.
 */
export class BackendMigration extends BackendProcess {
  /**
   * @param backend the backend whose migrations are run; its service is called as the backend, and `-migrate`
   */
  constructor(backend: FastApiBackend) {
    super(backend, 'migrate', backend, {
      serviceName: `${backend.serviceName}-migrate`,
      description: `Migrations of ${backend.serviceName}`,
      oneShot: true,
      command: Value.literals('alembic', 'upgrade', 'head'),
      completionCheck: ['sh', '-c', IS_DONE],
    });
  }

  /**
   * The database alone: what else its environment names, the migrations do not ask.
   *
   * @param mode the mode
   */
  public addressed(mode: Mode): Service[] {
    return super.addressed(mode).filter((service) => this.waitsFor(service));
  }

  /** It needs the database, and nothing else that the backend needs. */
  protected waitsFor(service: Service): boolean {
    return service.node.path === this.backend.database?.connection().provider?.node.path;
  }

  /** The models and the migrations; never the tests. */
  protected reads(mount: Mount): boolean {
    return mount.target !== `${WORK_DIR}/tests`;
  }
}
