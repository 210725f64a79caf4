import { compact, Entry, escapeReferences, seconds } from './quantities';
import { HealthCheck, HealthCheckKind } from '../../model/health-check';
import { PortProtocol } from '../../model/port';
import { ServiceSettings } from '../../model/settings';

/** How long a program may take to start, at least: longer than Compose counts, since here it is ended when it takes longer. */
const START_SECONDS = 300;

/** The probes of a container. */
export interface Probes {
  readonly startupProbe?: Entry;
  readonly readinessProbe?: Entry;
  readonly livenessProbe?: Entry;
}

/**
 * The one health check as three probes. Ready is what the check says. Alive is what it says of the program itself, or that its port
 * is open: a dependency that is away must not end those who wait for it. Until the program has started once, only that is asked.
 */
export function probesOf(settings: ServiceSettings): Probes {
  const check = settings.healthCheck;
  if (!check || check.kind === HealthCheckKind.NONE) return {};
  const liveness = check.liveness ?? openPort(check, settings);
  const startSeconds = seconds(check.startInterval);
  const patience = Math.max(START_SECONDS, seconds(check.startPeriod) + check.retries * seconds(check.interval));
  return {
    startupProbe: probe(liveness ?? check, settings, startSeconds, Math.ceil(patience / startSeconds), check),
    readinessProbe: probe(check, settings, seconds(check.interval), check.retries, check),
    livenessProbe: liveness && probe(liveness, settings, seconds(check.interval), check.retries, check),
  };
}

function openPort(check: HealthCheck, { ports = [] }: ServiceSettings): HealthCheck | undefined {
  const open = ports.filter(({ protocol }) => protocol !== PortProtocol.UDP);
  return open.length > 0 ? HealthCheck.tcp({ port: check.portName }) : undefined;
}

function probe(question: HealthCheck, settings: ServiceSettings, periodSeconds: number, failureThreshold: number, { timeout }: HealthCheck): Entry {
  return compact({ ...handler(question, settings), periodSeconds, timeoutSeconds: seconds(timeout), failureThreshold });
}

function handler(check: HealthCheck, { ports = [] }: ServiceSettings): Entry {
  const port = ports.find((candidate) => check.portName === undefined || candidate.name === check.portName);
  switch (check.kind) {
    case HealthCheckKind.HTTP:
      return { httpGet: compact({ path: check.path ?? '/', port: port?.name, scheme: port && isTls(port.urlScheme, port.name) ? 'HTTPS' : undefined }) };
    case HealthCheckKind.TCP: return { tcpSocket: { port: port?.name } };
    case HealthCheckKind.SHELL: return { exec: { command: ['sh', '-c', ...(check.command ?? []).map((line) => escapeReferences(line))] } };
    default: return { exec: { command: (check.command ?? []).map((word) => escapeReferences(word)) } };
  }
}

function isTls(scheme: string | undefined, name: string): boolean {
  return (scheme ?? name) === 'https';
}
