import { Severity } from '../../model/finding';
import { HealthCheck, HealthCheckKind } from '../../model/health-check';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** A health check has something to ask. */
export class HealthCheckRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS025',
      severity: Severity.ERROR,
      title: 'A health check asks a port that exists, a path, or a program',
      reason: 'A check that asks nothing fails forever, and whatever waits for it never starts.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const check = settings.healthCheck;
    return [...problems(check, settings), ...problems(check?.liveness, settings)];
  }
}

function problems(check: HealthCheck | undefined, settings: ServiceSettings): Problem[] {
  switch (check?.kind) {
    case HealthCheckKind.HTTP: return [...portProblems(check, settings), ...pathProblems(check.path ?? '')];
    case HealthCheckKind.TCP: return portProblems(check, settings);
    case HealthCheckKind.EXEC:
    case HealthCheckKind.SHELL: return commandProblems(check);
    default: return [];
  }
}

function portProblems({ kind, portName }: HealthCheck, { ports = [] }: ServiceSettings): Problem[] {
  const [first] = ports;
  const declare = `ports: [{ name: ${literal(portName ?? 'http')}, port: 8080 }]`;
  if (!first) return [{ message: `The ${kind} health check has no port to ask: the service declares none.`, fix: `Write: ${declare}.` }];
  if (portName === undefined || ports.some((port) => port.name === portName)) return [];
  return [{
    message: `The ${kind} health check asks the port ${quote(portName)}, which the service does not have.`,
    fix: `Write: port: ${ports.map((port) => literal(port.name)).join(' or ')}.`,
  }];
}

function pathProblems(path: string): Problem[] {
  if (!path.startsWith('/')) {
    return [{ message: `The path ${quote(path)} of the http health check has no leading slash.`, fix: `Write: HealthCheck.http(${literal(`/${path}`)}).` }];
  }
  return /^[\x21-\x7e]+$/.test(path) && !/['"\\`]/.test(path) ? [] : [{
    message: `The path ${quote(path)} of the http health check has characters that no URL has.`,
    fix: `Write: HealthCheck.http(${literal(encodeURI(path).replace(/['"\\`]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`))}).`,
  }];
}

function commandProblems({ kind, command = [] }: HealthCheck): Problem[] {
  if ((command[0] ?? '').trim() !== '') return [];
  return [{ message: `The ${kind} health check has nothing to run.`, fix: "Write: HealthCheck.exec(['program', 'argument'])." }];
}
