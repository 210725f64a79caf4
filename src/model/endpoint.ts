import { Mode } from './mode';
import { pathOf } from './path';
import { PortSpec } from './port';
import type { Service } from './service';
import { Value } from './value';
import { Variable } from './variable';

/**
 * A port of a service as others reach it: differently from inside the stack and from the host.
 */
export class Endpoint {
  /** The service that listens. */
  public readonly service: Service;

  /** The port as it was declared. */
  public readonly port: PortSpec;

  /** The operator's setting that moves the port on the host. */
  public readonly hostPortVariable: Variable;

  /**
   * @param service the service that listens
   * @param port the port as it was declared
   */
  constructor(service: Service, port: PortSpec) {
    this.service = service;
    this.port = port;
    this.hostPortVariable = service.hostPortVariable(port);
  }

  /** The host name for containers of the same stack. */
  public get internalHost(): Value {
    return Value.host(this.service);
  }

  /** The port for containers of the same stack. */
  public get internalPort(): Value {
    return Value.literal(String(this.port.port));
  }

  /** The port on the host, as the operator sets it. */
  public get hostPort(): Value {
    return Value.of(this.hostPortVariable);
  }

  /** The URL for containers of the same stack; a browser cannot use it. */
  public get internalUrl(): Value {
    return Value.concat(Value.literal(`${this.urlScheme}://`), this.internalHost, Value.literal(':'), this.internalPort);
  }

  /** The URL for programs and browsers on the host; a container cannot use it. */
  public get hostUrl(): Value {
    return Value.concat(Value.literal(`${this.urlScheme}://localhost:`), this.hostPort);
  }

  private get urlScheme(): string {
    return this.port.urlScheme ?? (this.port.name === 'https' ? 'https' : 'http');
  }
}

/**
 * A port of a service as others reach it.
 *
 * @throws when there is no port of that name
 */
export function endpointOf(service: Service, portName: string): Endpoint {
  const ports = service.settings(Mode.DEVELOPMENT).ports ?? [];
  const port = ports.find((candidate) => candidate.name === portName);
  if (port) return new Endpoint(service, port);
  const known = ports.map((candidate) => `'${candidate.name}'`).join(', ');
  throw new Error(`${pathOf(service)} has no port "${portName}". ${known ? `Write one of: ${known}.` : `Write: ports: [{ name: '${portName}', port: … }].`}`);
}
