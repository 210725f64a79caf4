import { Mode } from './mode';

/**
 * The transport protocol of a port.
 */
export enum PortProtocol {
  /** A TCP port. */
  TCP = 'tcp',
  /** A UDP port. */
  UDP = 'udp',
}

/**
 * A port on which a container listens, and how it is reached from outside.
 */
export interface PortSpec {
  /**
   * What the port is called: `http`, `amqp`. Other services and health checks refer to it by this name.
   */
  readonly name: string;

  /**
   * The port inside the container, 1 to 65535.
   */
  readonly port: number;

  /**
   * The port on the host, 1 to 65535, when the operator sets nothing.
   *
   * @default - the same as `port`
   */
  readonly hostPort?: number;

  /**
   * The address of the host on which the port is published. `0.0.0.0` opens it to the whole network.
   *
   * @default "127.0.0.1"
   */
  readonly hostAddress?: string;

  /**
   * The name of the variable that moves the port on the host.
   *
   * @default - the service's name in capitals and `_PORT`; a further port has its own name between: `MAIL_SMTP_PORT`
   */
  readonly variableName?: string;

  /**
   * The modes in which the port is published on the host. Inside the stack's networks it is always reachable.
   *
   * @default - development only
   */
  readonly publish?: Mode[];

  /**
   * Whether browsers ask this port when the stack is used, so that targets with a gateway of their own open it there, unless another
   * such service passes the requests on.
   *
   * @default false
   */
  readonly forBrowsers?: boolean;

  /**
   * The largest request that it takes, as `10M`: what stands in front of it must not take less.
   *
   * @default - nothing is known
   */
  readonly maxRequestSize?: string;

  /**
   * What a URL of this port begins with.
   *
   * @default - `https` for a port of that name, else `http`
   */
  readonly urlScheme?: string;

  /**
   * The transport protocol.
   *
   * @default PortProtocol.TCP
   */
  readonly protocol?: PortProtocol;
}
