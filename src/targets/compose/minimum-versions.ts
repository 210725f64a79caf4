import { composeDocument } from './document';
import { Entry } from './service-entry';
import { Mode } from '../../model/mode';
import { StackModel } from '../../model/stack-model';

/** The oldest versions that can do what a document asks for. */
export interface MinimumVersions {
  readonly engine: string;
  readonly compose: string;
}

/**
 * The oldest Docker Engine and Compose that run the development stack: `start_interval` needs Engine 25 and is right since Compose 2.24,
 * `initial_sync` is known since Compose 2.40.
 *
 * @see https://github.com/docker/compose/pull/13232
 */
export function minimumVersions(stack: StackModel): MinimumVersions {
  const services = (composeDocument(stack, Mode.DEVELOPMENT)?.content.services ?? {}) as { [name: string]: Entry | null };
  const entries = Object.values(services).map((entry) => entry ?? {});
  const startsFast = entries.some(({ healthcheck }) => (healthcheck as Entry | undefined)?.start_interval !== undefined);
  const synchronizes = entries.some(({ develop }) => ((develop as Entry | undefined)?.watch as Entry[] | undefined)?.some((rule) => rule.initial_sync !== undefined));
  return { engine: startsFast ? '25.0' : '20.10', compose: synchronizes ? '2.40.0' : '2.24.4' };
}
