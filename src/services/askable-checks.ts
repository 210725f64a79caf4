import { isPublished } from '../model/host-port';
import { Mode } from '../model/mode';
import type { Service } from '../model/service';
import { SmokeCheck } from '../model/smoke-check';

/**
 * Those checks of a service that can be asked: a stack may not publish a port, and then nobody outside can.
 *
 * @param service the service
 * @param checks what it would bring
 */
export function askable(service: Service, checks: readonly SmokeCheck[]): SmokeCheck[] {
  const published = (service.settings(Mode.DEVELOPMENT).ports ?? []).filter((port) => isPublished(port, Mode.DEVELOPMENT));
  return checks.filter(({ portName }) => portName === undefined || published.some(({ name }) => name === portName));
}
