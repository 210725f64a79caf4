import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import { Finding } from '../../model/finding';
import { stackFolder } from '../../model/group';
import { ServiceProps } from '../../model/service-props';
import { BackendProcess } from '../fastapi/backend-process';
import type { FastApiBackend } from '../fastapi/fastapi-backend';
import { REDIS_CLIENT, WITHOUT_BROKER } from '../fastapi/rules';

/** The first version of the Redis client that kombu refuses. */
const REFUSED = [6, 5];

/**
 * One of the programs of Celery, on the image of a backend.
 */
export abstract class CeleryProcess extends BackendProcess {
  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param backend the backend whose code is run
   * @param props how the container is run where it differs
   */
  constructor(scope: Construct, id: string, backend: FastApiBackend, props: ServiceProps) {
    super(scope, id, backend, props);
  }

  /**
   * What only a program of Celery knows of itself: its broker, and the Redis client that its transport accepts.
   */
  public findings(): Finding[] {
    const found = super.findings();
    if (!this.backend.broker) {
      found.push(this.finding(WITHOUT_BROKER, `The backend "${this.backend.serviceName}" has no broker.`, `Write: broker: redis on ${this.backend.serviceName}.`));
    }
    const pinned = this.pinnedRedis();
    if (pinned) {
      found.push(this.finding(
        REDIS_CLIENT, `${pinned.file} pins redis ${pinned.version}, which Celery's transport refuses.`,
        `Write "redis>=5.2.1,<6.5" in pyproject.toml, then run: npx projen ${this.backend.serviceName}:lock`,
      ));
    }
    return found;
  }

  /** A version of the Redis client, among those that the team has pinned, that cannot be installed with Celery. */
  private pinnedRedis(): { readonly file: string; readonly version: string } | undefined {
    for (const name of ['uv.lock', 'requirements.txt']) {
      const file = this.backend.pathOf(name);
      const absolute = join(stackFolder(this), file);
      if (!existsSync(absolute)) continue;
      const version = /^(?:redis==|name = "redis"\nversion = ")(\d+(?:\.\d+)*)/m.exec(readFileSync(absolute, 'utf8'))?.[1];
      const [major, minor = 0] = (version ?? '0').split('.').map(Number);
      return version && (major > REFUSED[0] || (major === REFUSED[0] && minor >= REFUSED[1])) ? { file, version } : undefined;
    }
    return undefined;
  }
}
