import { Connection, ConnectionStyle, ConnectOptions, IConnectable } from './connection';
import { DependencyCondition } from './dependency';
import { StackElement } from './element';
import { carry } from './given';
import { pathOf } from './path';
import type { Service } from './service';

/**
 * Gives a service what it must know to reach something, draws the arrow, and makes it wait until that is healthy.
 *
 * @returns what to write instead when the connection cannot be given in the form that is asked for
 */
export function connectService(service: Service, target: IConnectable, options: ConnectOptions): string | undefined {
  const connection = connectionOf(service, target);
  carry(connection, service);
  const prefix = options.envPrefix ?? '';
  const refusal = connection.refusal(options);
  if (!refusal && (options.style ?? ConnectionStyle.PARTS) === ConnectionStyle.PARTS) {
    for (const [name, value] of Object.entries(connection.parts ?? {})) service.addEnvironment(`${prefix}${connection.partsPrefix}_${name}`, value);
  } else if (!refusal) {
    const key = options.urlKey ?? connection.urlKey;
    service.addEnvironment(prefix + key, connection.operatorUrl((options.variablePrefix ?? prefix) + key, options.driver));
  }
  const reached = connection.provider ?? (StackElement.isStackElement(target) ? target : undefined);
  if (reached) service.addConnection({ target: reached });
  if (connection.provider) service.addDependency(connection.provider, DependencyCondition.HEALTHY);
  return refusal;
}

/** What must be known to reach something, or an error that names its class. */
function connectionOf(service: Service, target: IConnectable): Connection {
  const connection = typeof target?.connection === 'function' ? target.connection() : undefined;
  if (typeof connection?.refusal === 'function') return connection;
  const { name } = (target as object | undefined)?.constructor ?? { name: String(target) };
  throw new Error(`${pathOf(service)} cannot be connected to ${name}: its connection() gives no Connection. `
    + `Write in the class ${name}: public connection() { return new Connection({ … }); }.`);
}
