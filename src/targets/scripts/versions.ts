import { Entry } from '../compose/service-entry';

/** The oldest versions that can do what a document asks for. */
export interface MinimumVersions {
  readonly engine: string;
  readonly compose: string;
}

/**
 * The oldest Docker Engine and Compose that run a document. `!reset` and `!override`, which the scripts use, are whole since Compose
 * 2.24.4; `start_interval` needs Engine 25.
 *
 * @param document the finished document
 * @see https://docs.docker.com/reference/compose-file/merge/
 */
export function minimumVersions(document: Entry): MinimumVersions {
  const services = Object.values((document.services ?? {}) as { [name: string]: Entry | null }).map((entry) => entry ?? {});
  const startsSlowly = services.some(({ healthcheck }) => (healthcheck as Entry | undefined)?.start_interval !== undefined);
  return { engine: startsSlowly ? '25.0' : '20.10', compose: '2.24.4' };
}
