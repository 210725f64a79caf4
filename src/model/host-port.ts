import { Mode } from './mode';
import { toVariableName } from './names';
import { PortSpec } from './port';
import { Value } from './value';
import { Variable } from './variable';

/** Whether a port is published on the host in a mode. */
export function isPublished(port: PortSpec, mode: Mode): boolean {
  return (port.publish ?? [Mode.DEVELOPMENT]).includes(mode);
}

/** The address of the host on which a port is published: its own unless the definition opens it on purpose. */
export function hostAddressOf(port: PortSpec): string {
  return port.hostAddress ?? '127.0.0.1';
}

/**
 * The operator's setting that moves a port on the host: `BACKEND_PORT` for the first port of `backend`, `MAIL_SMTP_PORT` for the
 * port `smtp` of `mail` when it is a further one.
 */
export function hostPortVariable(serviceName: string, port: PortSpec, isFirst: boolean, section: string): Variable {
  const own = isFirst ? '' : `_${toVariableName(port.name)}`;
  return new Variable(port.variableName ?? `${toVariableName(serviceName)}${own}_PORT`, {
    description: `Port of ${serviceName} on the host${own ? ` (${port.name})` : ''}`,
    defaultValue: Value.literal(String(port.hostPort ?? port.port)),
    section,
  });
}
