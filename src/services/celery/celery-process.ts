import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import { Finding } from '../../model/finding';
import { stackFolder } from '../../model/group';
import { Service } from '../../model/service';
import { ServiceProps } from '../../model/service-props';
import { ServiceRole } from '../../model/service-role';
import { taskCommandOf } from '../../model/task-command';
import { BackendProcess } from '../fastapi/backend-process';
import type { FastApiBackend } from '../fastapi/fastapi-backend';
import { REDIS_CLIENT, WITHOUT_BROKER } from '../fastapi/rules';

/** The Redis clients that kombu, Celery's transport, takes: from the first version on, and below the second. */
const CLIENTS: readonly { readonly since: string; readonly from: string; readonly below: string }[] = [
  { since: '5.7', from: '6.4', below: '9' },
  { since: '0', from: '4.5', below: '6.5' },
];

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
    super(scope, id, backend, Service.merge({ role: ServiceRole.WORKER }, props));
  }

  /**
   * What only a program of Celery knows of itself: its broker, and the Redis client that its transport accepts.
   */
  public findings(): Finding[] {
    const found = super.findings();
    if (!this.backend.broker) {
      found.push(this.finding(WITHOUT_BROKER, `The backend "${this.backend.serviceName}" has no broker.`, `Write: broker: redis on ${this.backend.serviceName}.`));
    }
    const disagreement = this.disagreement();
    if (disagreement) {
      found.push(this.finding(
        REDIS_CLIENT, disagreement,
        `Write "redis>=6.4,<6.5" in pyproject.toml, which every kombu takes, then run: ${taskCommandOf(this)} ${this.backend.serviceName}:lock`,
      ));
    }
    return found;
  }

  /** What is wrong with the pins of the team; undefined when they agree, or are not there yet. */
  private disagreement(): string | undefined {
    for (const name of ['uv.lock', 'requirements.txt']) {
      const file = this.backend.pathOf(name);
      const absolute = join(stackFolder(this), file);
      if (!existsSync(absolute)) continue;
      const text = readFileSync(absolute, 'utf8');
      const redis = pinned(text, 'redis');
      const kombu = pinned(text, 'kombu');
      if (!redis) return undefined;
      // Without kombu, Celery is still to be pinned: to the newest one.
      const { from, below } = CLIENTS.find(({ since }) => !kombu || !isBelow(kombu, since))!;
      if (!isBelow(redis, from) && isBelow(redis, below)) return undefined;
      return `${file} pins redis ${redis}, and ${kombu ? `kombu ${kombu}` : 'kombu'}, the transport of Celery, takes versions from ${from} to below ${below}.`;
    }
    return undefined;
  }
}

/** The version that a lock file has of a package. */
function pinned(text: string, name: string): string | undefined {
  return new RegExp(`^(?:${name}(?:\\[[^\\]]+\\])?==|name = "${name}"\\nversion = ")(\\d+(?:\\.\\d+)*)`, 'm').exec(text)?.[1];
}

function isBelow(version: string, limit: string): boolean {
  const [left, right] = [version, limit].map((each) => each.split('.').map(Number));
  const at = right.findIndex((part, index) => (left[index] ?? 0) !== part);
  return at >= 0 && (left[at] ?? 0) < right[at];
}
