import { Entry } from './service-entry';

/** The oldest versions that can do what a document asks for. */
export interface MinimumVersions {
  readonly engine: string;
  readonly compose: string;
}

/**
 * The oldest Docker Engine and Compose that run a document and the scripts beside it: `start_interval` needs Engine 25, `!reset` and
 * `!override`, which the scripts use, are whole since Compose 2.24.4, and `initial_sync` is known since Compose 2.40.
 *
 * @param document the finished document
 * @see https://docs.docker.com/reference/compose-file/merge/
 * @see https://github.com/docker/compose/pull/13232
 */
export function minimumVersions(document: Entry): MinimumVersions {
  const entries = Object.values((document.services ?? {}) as { [name: string]: Entry | null }).map((entry) => entry ?? {});
  const startsFast = entries.some(({ healthcheck }) => (healthcheck as Entry | undefined)?.start_interval !== undefined);
  const rules = entries.flatMap(({ develop }) => ((develop as Entry | undefined)?.watch as Entry[] | undefined) ?? []);
  return { engine: startsFast ? '25.0' : '20.10', compose: rules.some((rule) => rule.initial_sync !== undefined) ? '2.40.0' : '2.24.4' };
}
